using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

/// <summary>Which gateways have tunnels to which.</summary>
public class JoinsTests
{
    [Theory]
    [InlineData("\"FullMesh\"", "11-21 11-22 11-31 12-21 12-22 12-31 21-31 22-31")]
    [InlineData("{ \"Hubs\": \"SITE2\" }", "11-21 11-22 12-21 12-22 21-31 22-31")]
    [InlineData("{ \"Topology\": \"HubAndSpoke\", \"Hubs\": [\"site2\", \"site3\"] }", "11-21 11-22 11-31 12-21 12-22 12-31 21-31 22-31")]
    [InlineData("{ \"Pairs\": [[\"site1\", \"g31\"], [\"g21\", \"g11\"]] }", "11-21 11-31 12-31")]
    [InlineData("{ \"Pairs\": [\"g22\", \"site3\"] }", "22-31")]
    [InlineData("{ \"Excluded\": [[\"site2\", \"site3\"], [\"g12\", \"G22\"]] }", "11-21 11-22 11-31 12-21 12-31")]
    [InlineData("{ \"Hubs\": \"site1\", \"Excluded\": [\"site1\", \"g31\"] }", "11-21 11-22 12-21 12-22")]
    public void AreJoinedAsTheFileSays(string joins, string pairs)
    {
        FabricFileResult result = FabricFile.ReadJson($$"""
            { "Name": "j", "Joins": {{joins}}, "Sites": [
              { "Name": "site1", "Gateways": [{ "Name": "g11", "Number": 1, "Endpoint": "a" }, { "Name": "g12", "Number": 2, "Endpoint": "b" }] },
              { "Name": "site2", "Gateways": [{ "Name": "g21", "Number": 3, "Endpoint": "c" }, { "Name": "g22", "Number": 4, "Endpoint": "d" }] },
              { "Name": "site3", "Gateways": [{ "Name": "g31", "Number": 5, "Endpoint": "e" }] } ] }
            """);
        Assert.Empty(result.Problems);
        WgFabric fabric = result.Fabric!;
        IEnumerable<string> found = fabric.Gateways.SelectMany(one => FabricTunnels.Peers(fabric, one).Where(other => other.Number > one.Number).Select(other => $"{one.Name[1..]}-{other.Name[1..]}"));
        Assert.Equal(pairs, string.Join(' ', found));

        // Each end has its other.
        Assert.All(fabric.Gateways, one => Assert.All(FabricTunnels.Peers(fabric, one), other => Assert.Contains(one, FabricTunnels.Peers(fabric, other))));
    }
}
