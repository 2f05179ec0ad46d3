using System.Text.Json;
using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

/// <summary>What a file may say, and how its errors are told.</summary>
public class FabricFileTests
{
    private const string LabKey = "003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=";

    // A good fabric of two sites; $ are places to put something wrong into.
    private const string Good = """
        {
          "Name": "two", $fabric$
          "Sites": [
            { "Name": "site1", $site$ "Prefixes": ["10.0.1.0/24", "2001:db8:a1::/64"],
              "Gateways": [{ "Name": "V1-1", $gateway$ "Endpoint": "192.0.2.1" }, { "Name": "V1-2", "Endpoint": "a.example.net" }] },
            { "Name": "site2", $other$ "Prefixes": "10.0.2.0/24", "Gateways": { "Name": "V2-1", $peer$ } }
          ]
        }
        """;

    [Theory]
    [InlineData("fabric", "\"Mtus\": 1400,", "FabricUnknownKey", "mtus", "Did you mean 'Mtu'?")]
    [InlineData("gateway", "\"Endpiont\": 1,", "FabricUnknownKey", "sites[0].gateways[0].endpiont", "Did you mean 'Endpoint'?")]
    [InlineData("site", "\"Zzzzzz\": 1,", "FabricUnknownKey", "sites[0].zzzzzz", "The keys here are Name, Number,")]
    [InlineData("site", "\"Number\": 1, \"number\": 2,", "FabricDuplicateKey", "sites[0].number", "twice, first on line 4")]
    [InlineData("fabric", "\"BasePort\": \"5800\",", "FabricInvalidValue", "basePort", "a whole number, 1 to 65534")]
    [InlineData("fabric", "\"BasePort\": 70000,", "FabricInvalidValue", "basePort", "70000 is out of range")]
    [InlineData("fabric", "\"BasePort\": 65533,", "FabricInvalidValue", "basePort", "V2-1, number 3, would listen at port 65536")]
    [InlineData("fabric", "\"PresharedKeys\": 1,", "FabricInvalidValue", "presharedKeys", "true or false")]
    [InlineData("fabric", "\"Mtu\": 1279,", "FabricInvalidValue", "mtu", "at least 1280")]
    [InlineData("fabric", "\"InterfacePrefix\": \"wireguard-15b-x\",", "FabricInvalidName", "interfacePrefix", "more than 15 bytes")]
    [InlineData("fabric", "\"InterfacePrefix\": \"w g\",", "FabricInvalidName", "interfacePrefix", "letter first")]
    [InlineData("fabric", "\"SiteInterfaces\": \"w*\",", "FabricInvalidName", "siteInterfaces", "means the tunnel wg1 too")]
    [InlineData("fabric", "\"SiteInterfaces\": [\"eth0\", \"a\\\"b\"],", "FabricInvalidName", "siteInterfaces[1]", "names no interface")]
    [InlineData("fabric", "\"Namespaces\": { \"Public\": \"x\", \"Private\": \"x\" },", "FabricInvalidName", "namespaces", "one namespace")]
    [InlineData("fabric", "\"TunnelPools\": [\"2001:db8:ff::/64\", \"10.9.0.0/30\"],", "FabricPoolExhausted", "tunnelPools", "between V1-2 (number 2) and V2-1 (number 3) needs pair 5")]
    [InlineData("fabric", "\"TunnelPools\": [\"10.9.0.0/24\", \"10.9.0.128-10.9.1.9\", \"2001:db8:ff::/64\"],", "FabricOverlap", "tunnelPools[1]", "the tunnel pool")]
    [InlineData("fabric", "\"TunnelPools\": [\"10.0.0.0/15\", \"2001:db8:ff::/64\"],", "FabricOverlap", "sites[0].prefixes[0]", "of the tunnel pool (line 2)")]
    [InlineData("fabric", "\"TunnelPools\": [\"10.9.0.1/24\", \"2001:db8:ff::/64\"],", "FabricInvalidPool", "tunnelPools[0]", "neither a prefix, its host bits zero")]
    [InlineData("fabric", "\"TunnelPools\": \"10.9.0.0/16\",", "FabricMissingPool", "sites[0].prefixes[1]", "no IPv6 pool")]
    [InlineData("fabric", "\"TunnelPools\": [],", "FabricMissingKey", "tunnelPools", "no addresses")]
    [InlineData("fabric", "\"Joins\": \"HubAndSpoke\",", "FabricMissingKey", "joins", "needs Hubs")]
    [InlineData("fabric", "\"Joins\": { \"Hubs\": \"site3\" },", "FabricUnknownName", "joins.hubs", "Did you mean 'site1'?")]
    [InlineData("fabric", "\"Joins\": { \"Pairs\": [[\"site1\", \"V2-2\"]] },", "FabricUnknownName", "joins.pairs[0]", "Did you mean")]
    [InlineData("fabric", "\"Joins\": { \"Excluded\": [\"V1-1\", \"V1-2\"] },", "FabricInvalidValue", "joins.excluded", "are one site")]
    [InlineData("fabric", "\"Joins\": { \"Excluded\": [[\"V1-1\"]] },", "FabricInvalidValue", "joins.excluded[0]", "no pair")]
    [InlineData("fabric", "\"Joins\": { \"Topology\": \"FullMesh\", \"Hubs\": \"site1\" },", "FabricInvalidValue", "joins.hubs", "only where Topology is HubAndSpoke")]
    [InlineData("fabric", "\"Joins\": { \"Topology\": \"Ring\" },", "FabricInvalidValue", "joins.topology", "none of FullMesh, HubAndSpoke, Pairs")]
    [InlineData("fabric", "\"Routing\": { \"HoldTime\": 2 },", "FabricInvalidTimer", "routing.holdTime", "3 or more")]
    [InlineData("fabric", "\"Routing\": { \"OspfHello\": 4 },", "FabricInvalidTimer", "routing.ospfHello", "greets only every 4 s")]
    [InlineData("fabric", "\"Routing\": { \"OspfWait\": 1 },", "FabricInvalidValue", "routing.ospfWait", "2 to 65535")]
    [InlineData("fabric", "\"Routing\": { \"BfdInterval\": 9 },", "FabricInvalidValue", "routing.bfdInterval", "10 to 60000 (milliseconds)")]
    [InlineData("fabric", "\"Routing\": { \"ErrorWaitShortest\": 6 },", "FabricInvalidTimer", "routing.errorWaitShortest", "shorter than the shortest")]
    [InlineData("fabric", "\"Routing\": 5,", "FabricInvalidValue", "routing", "a table of HoldTime")]
    [InlineData("site", "\"ASNumber\": 0,", "FabricInvalidValue", "sites[0].asNumber", "1 to 4294967295")]
    [InlineData("other", "\"ASNumber\": 65001,", "FabricDuplicateNumber", "sites[1].asNumber", "2 is free")]
    [InlineData("other", "\"Number\": 1, \"ASNumber\": 64999,", "FabricDuplicateNumber", "sites[1].number", "as site1 on line 4")]
    [InlineData("gateway", "\"Endpoint\": \"192.0.2.1:51820\", \"x\": 1,", "FabricInvalidEndpoint", "sites[0].gateways[0].endpoint", "Give '192.0.2.1' alone")]
    [InlineData("gateway", "\"Number\": 3,", "FabricDuplicateNumber", "sites[1].gateways.name", "as V1-1 on line 5")]
    [InlineData("peer", "\"Endpoint\": \"[2001:db8::1]:5\"", "FabricInvalidEndpoint", "sites[1].gateways.endpoint", "Give '2001:db8::1' alone")]
    [InlineData("peer", "\"Endpoint\": \"[2001:db8::1]\"", "FabricInvalidEndpoint", "sites[1].gateways.endpoint", "without them")]
    [InlineData("peer", "\"Endpoint\": \"192.0.2.300\"", "FabricInvalidEndpoint", "sites[1].gateways.endpoint", "neither an address nor a host name")]
    [InlineData("peer", "\"Endpoint\": \"fe80::1\"", "FabricInvalidEndpoint", "sites[1].gateways.endpoint", "link-local")]
    [InlineData("peer", "\"Endpoint\": \"0.0.0.0\"", "FabricInvalidEndpoint", "sites[1].gateways.endpoint", "could send to")]
    [InlineData("peer", "\"Endpoint\": \"A.example.net.\"", "FabricDuplicateEndpoint", "sites[1].gateways.endpoint", "The gateway on line 5")]
    [InlineData("peer", "\"HostName\": \"-oProxyCommand=x\"", "FabricInvalidName", "sites[1].gateways.hostName", "no host name")]
    [InlineData("peer", "\"PublicKey\": \"abc\"", "FabricInvalidKey", "sites[1].gateways.publicKey", "has 3 characters")]
    public void WhatIsWrongIsToldByItsPath(string place, string text, string id, string path, string says)
    {
        FabricFileException problem = Assert.Single(Read(place, text).Problems, one => one.Id == id && one.KeyPath == path);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.Equal(path, problem.Target);
        Assert.StartsWith($"two.json:{problem.Line}: {path}: ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"10.0.2.1/24\"", "FabricInvalidPrefix", "The network is '10.0.2.0/24'")]
    [InlineData("\"10.0.2.0\"", "FabricInvalidPrefix", "no length")]
    [InlineData("\"10.0.2.0/33\"", "FabricInvalidPrefix", "0 to 32")]
    [InlineData("\"10.0/16\"", "FabricInvalidPrefix", "no prefix")]
    [InlineData("\"10.0.0.0/8\"", "FabricOverlap", "overlaps '10.0.1.0/24' of site1 (line 4)")]
    [InlineData("\"10.0.1.128/25\"", "FabricOverlap", "overlaps '10.0.1.0/24' of site1 (line 4)")]
    [InlineData("\"169.254.9.0/24\"", "FabricOverlap", "of the tunnel pool")]
    [InlineData("[\"10.0.2.0/24\", \"10.0.2.0/24\"]", "FabricOverlap", "stands here twice")]
    public void PrefixesMustBeNetworksOfTheirOwn(string prefixes, string id, string says)
    {
        FabricFileResult result = FabricFile.ReadJson(Filled("", "").Replace("\"10.0.2.0/24\"", prefixes, StringComparison.Ordinal));
        FabricFileException problem = Assert.Single(result.Problems);
        Assert.Equal(id, problem.Id);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("V2-1", "V1-1", "FabricDuplicateName", "called 'V1-1' already")]
    [InlineData("V2-1", "v1-1", "FabricDuplicateName", "called 'v1-1' already")]
    [InlineData("V2-1", "site1", "FabricDuplicateName", "names a site too")]
    [InlineData("V2-1", "V1.1", "FabricDuplicateName", "In BIRD it would be 'V1_1'")]
    [InlineData("V2-1", "paris", "FabricNoNumber", "101 is free")]
    [InlineData("V2-1", "V2-3", "FabricNoNumber", "101 is free")]
    [InlineData("V2-1", "a/1", "FabricInvalidName", "cannot be a name")]
    [InlineData("V2-1", "-1", "FabricInvalidName", "begins with a letter or digit")]
    [InlineData("V2-1", "a234567890123456789012345678901234567890-1", "FabricInvalidName", "1 to 40")]
    [InlineData("site2", "SITE1", "FabricDuplicateName", "called 'SITE1' already")]
    [InlineData("site2", "paris", "FabricNoNumber", "Give a Number: 2 is free")]
    public void NamesMustServeAndDiffer(string name, string other, string id, string says)
    {
        FabricFileResult result = FabricFile.ReadJson(Filled("", "").Replace($"\"{name}\"", $"\"{other}\"", StringComparison.Ordinal));
        FabricFileException problem = Assert.Single(result.Problems, one => one.Id == id);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoThatNobodyCanReachHaveNoTunnel()
    {
        string text = Filled("", "").Replace("\"Endpoint\": \"192.0.2.1\"", "\"BehindNat\": true", StringComparison.Ordinal);
        FabricFileException problem = Assert.Single(FabricFile.ReadJson(text).Problems);
        Assert.Equal(("FabricUnreachable", "sites[1].gateways"), (problem.Id, problem.KeyPath));
        Assert.Contains("V2-1 has no Endpoint, and neither has V1-1", problem.Message, StringComparison.Ordinal);
        string excluded = text.Replace("\"Sites\"", "\"Joins\": { \"Excluded\": [\"V2-1\", \"V1-1\"] }, \"Sites\"", StringComparison.Ordinal);
        Assert.Empty(FabricFile.ReadJson(excluded).Problems);
    }

    [Fact]
    public void StaticRoutingNeedsARouterOfEachFamily()
    {
        FabricFileResult result = FabricFile.ReadJson(Filled("fabric", "\"Routing\": { \"Inside\": \"static\" },").Replace(
            "\"Name\": \"site1\",", "\"Name\": \"site1\", \"Routers\": \"2001:db8:a1::1\",", StringComparison.Ordinal));
        Assert.Equal([("FabricMissingRouter", "sites[0].routers"), ("FabricMissingRouter", "sites[1].prefixes")], result.Problems.Select(one => (one.Id, one.KeyPath)));
    }

    [Theory]
    [InlineData("gateway", $"\"PrivateKey\": \"{LabKey}\",")]
    [InlineData("gateway", $"\"private_key\": \"{LabKey}\",")]
    [InlineData("gateway", $"\"Notes\": \"{LabKey}\",")]
    [InlineData("gateway", $"\"HostName\": \"{LabKey}\",")]
    [InlineData("gateway", $"\"HostName\": [[\"key {LabKey}\"]],")]
    [InlineData("fabric", $"\"PresharedKeys\": \"{LabKey}\",")]
    [InlineData("fabric", $"\"PresharedKey\": {{ \"a\": [\"{LabKey}\"] }},")]
    [InlineData("fabric", $"\"Name\": \"{LabKey}\",")]
    public void ASecretIsRefusedWithoutBeingRepeated(string place, string text)
    {
        FabricFileResult result = Read(place, text);
        Assert.Null(result.Fabric);
        Assert.Contains(result.Problems, one => one.Id == "FabricSecret" && one.Message.Contains("remove it", StringComparison.OrdinalIgnoreCase));
        Assert.All(result.Problems, one => Assert.DoesNotContain(LabKey[..10], $"{one} {one.Target}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gateway", $"\"{LabKey}\": 1,")]
    [InlineData("gateway", $"\"PublicKey\": \"{LabKey}x\",")]
    [InlineData("fabric", "\"Mtu\": \"003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDR\",")]
    public void EvenWhatLooksLikeAPartOfAKeyIsNotRepeated(string place, string text) =>
        Assert.All(Read(place, text).Problems, one => Assert.DoesNotContain(LabKey[..10], $"{one} {one.Target}", StringComparison.Ordinal));

    [Fact]
    public void AllIsToldAtOnceByLine()
    {
        FabricFileResult result = FabricFile.ReadJson("""
            {
              "Name": "x/y", "Joinz": 1,
              "Sites": [
                { "Name": "a1", "Gateways": [{ "Name": "a-1", "Endpoint": "a:5" }] },
                { "Name": "b2", "Prefixes": "10.1.1.1/8", "Gateways": [] },
                7
              ]
            }
            """);
        Assert.Equal([2, 2, 4, 5, 5, 6], result.Problems.Select(one => one.Line));
        Assert.Null(result.Fabric);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("[]", 1)]
    [InlineData("{\n\"Name\": oops", 2)]
    [InlineData("{\n\"Name\": \"a\"\n\"Sites\": []}", 3)]
    [InlineData("{\n\"Name\": \"\\ud800\"}", 2)]
    public void WhatIsNotJsonIsToldByItsLine(string text, int line) =>
        Assert.Equal(("FabricSyntax", line), Assert.Single(FabricFile.ReadJson(text, "/x/y.json").Problems) is var one ? (one.Id, one.Line) : default);

    [Fact]
    public void CaseCommentsCommasAndListsOfOneDoNotMatter()
    {
        FabricFileResult result = FabricFile.ReadJson("""
            // a comment
            {
              "$schema": "anything", "NAME": "small", /* another */
              "sites": { "name": "site7", "gateways": { "name": "v1", "endpoint": "2001:DB8::1" }, "prefixes": "2001:DB8:A::/48", },
              "joins": "fullmesh",
            }
            """);
        Assert.Empty(result.Problems);
        WgFabricSite site = Assert.Single(result.Fabric!.Sites);
        Assert.Equal((7, 65007u, 13, "2001:db8::1", "2001:db8:a::/48"), (site.Number, site.ASNumber, site.Gateways[0].Number, site.Gateways[0].Endpoint, site.Prefixes[0]));
    }

    [Fact]
    public void AFileGivesItsNameToAFabricWithout() =>
        Assert.Equal("paris", FabricFile.ReadJson(Filled("", "").Replace("\"Name\": \"two\",", "", StringComparison.Ordinal), "/etc/paris.json").Fabric!.Name);

    [Fact]
    public void TheSchemaKnowsTheKeysThatTheReaderKnows()
    {
        using JsonDocument schema = JsonDocument.Parse(Fixture.Text("../wgnet-fabric.schema.json"));
        string[] Keys(JsonElement element) => [.. element.GetProperty("properties").EnumerateObject().Select(property => property.Name).Where(name => name != FileKeys.Schema)];
        JsonElement parts = schema.RootElement.GetProperty("$defs");
        Assert.Equal(FileKeys.Fabric.Order(), Keys(schema.RootElement).Order());
        Assert.Equal(FileKeys.Site.Order(), Keys(parts.GetProperty("site")).Order());
        Assert.Equal(FileKeys.Gateway.Order(), Keys(parts.GetProperty("gateway")).Order());
        Assert.Equal(FileKeys.Joins.Order(), Keys(parts.GetProperty("joins")).Order());
        Assert.Equal(FileKeys.Namespaces.Order(), Keys(parts.GetProperty("namespaces")).Order());
        Assert.Equal(FileKeys.Routing.Order(), Keys(parts.GetProperty("routing")).Order());
    }

    private static FabricFileResult Read(string place, string text) => FabricFile.ReadJson(Filled(place, text), "/somewhere/two.json");

    private static string Filled(string place, string text)
    {
        string filled = place.Length == 0 ? Good : Good.Replace($"${place}$", text, StringComparison.Ordinal);
        foreach (string other in (string[])["fabric", "site", "gateway", "other", "peer"])
            filled = filled.Replace($"${other}$", "", StringComparison.Ordinal);
        return filled;
    }
}
