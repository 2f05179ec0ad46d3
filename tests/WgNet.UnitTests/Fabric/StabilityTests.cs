using System.Globalization;
using CsCheck;
using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

/// <summary>Whoever comes or goes changes nobody else's tunnels, and nothing is recorded for that.</summary>
public class StabilityTests
{
    // Sites by number, each with the gateways that it has of its two, and of a third with a number of its own.
    private static readonly Gen<(int Site, int Gateways)[]> s_sites = Gen.Select(Gen.Int[1, 40], Gen.Int[1, 7]).Array[2, 12]
        .Select(sites => sites.DistinctBy(site => site.Item1).ToArray()).Where(sites => sites.Length >= 2);

    private static readonly int[] s_bits = [1, 2, 4];

    [Fact]
    public void RemovingOrAddingAGatewayLeavesEveryOtherTunnelAsItWas() => Gen.Select(s_sites, Gen.Int[0, 1000], Gen.Bool).Sample((sites, which, shuffled) =>
    {
        WgFabric whole = Fabric(sites);
        Dictionary<string, string> before = Ends(whole);
        (int site, int gateways) = sites[which % sites.Length];
        int bit = 1 << (which / sites.Length % 3);
        IEnumerable<(int, int)> fewer = sites.Select(one => one.Site == site ? (site, gateways & ~bit) : one).Where(one => one.Item2 != 0);
        string gone = Name(site, bit);
        Dictionary<string, string> after = Ends(Fabric([.. shuffled ? fewer.Reverse() : fewer]));
        Assert.All(after, end => Assert.Equal(before[end.Key], end.Value));
        Assert.Equal(before.Count - before.Keys.Count(end => end.Split(' ').Contains(gone)), after.Count);
    }, iter: 300);

    [Fact]
    public void RemovingOrAddingASiteLeavesEveryOtherTunnelAsItWas() => Gen.Select(s_sites, Gen.Int[0, 1000]).Sample((sites, which) =>
    {
        Dictionary<string, string> before = Ends(Fabric(sites)), after = Ends(Fabric([.. sites.Where((_, index) => index != which % sites.Length)]));
        Assert.All(after, end => Assert.Equal(before[end.Key], end.Value));
    }, iter: 300);

    [Fact]
    public void NoTwoTunnelsShareAnAddressAndNoTwoEndsOfAGatewayAPort() => s_sites.Sample(sites =>
    {
        WgFabric fabric = Fabric(sites);
        WgFabricTunnel[] ends = [.. fabric.Gateways.SelectMany(gateway => FabricTunnels.Of(fabric, gateway))];
        Assert.Equal(2 * ends.Length, ends.SelectMany(end => end.Address).Distinct().Count());
        Assert.Equal(ends.Length, ends.DistinctBy(end => (end.Gateway, end.ListenPort)).Count());
        Assert.Equal(ends.Length, ends.DistinctBy(end => (end.Gateway, end.Name)).Count());

        // Each end has the other's other end.
        ILookup<string, WgFabricTunnel> other = ends.ToLookup(end => $"{end.PeerGateway} {end.Gateway}");
        Assert.All(ends, end => Assert.Equal(end.PeerAddress, Assert.Single(other[$"{end.Gateway} {end.PeerGateway}"]).Address.Select(address => address.Split('/')[0])));
    }, iter: 100);

    [Fact]
    public void TheHighestPairIsFoundWithoutCountingAll() => s_sites.Sample(sites =>
    {
        WgFabric fabric = Fabric(sites);
        long[] all = [.. fabric.Gateways.SelectMany(one => FabricTunnels.Peers(fabric, one).Select(other => PairNumber.Of(one.Number, other.Number)))];
        (WgFabricGateway One, WgFabricGateway Other)? found = FabricTunnels.HighestPair(fabric);
        Assert.Equal(all.Length == 0 ? -1 : all.Max(), found is { } pair ? PairNumber.Of(pair.One.Number, pair.Other.Number) : -1);
    }, iter: 300);

    private static string Name(int site, int bit) => string.Create(CultureInfo.InvariantCulture, $"V{site}-{(bit == 4 ? 3 : bit)}");

    private static WgFabric Fabric((int Site, int Gateways)[] sites)
    {
        string text = string.Join(",", sites.Select(one => $$"""{ "Name": "site{{one.Site}}", "Gateways": [{{Gateways(one.Site, one.Gateways)}}] }"""));
        FabricFileResult result = FabricFile.ReadJson($$"""{ "Name": "any", "Sites": [{{text}}] }""");
        Assert.Empty(result.Problems);
        return result.Fabric!;
    }

    private static string Gateways(int site, int gateways) => string.Join(",", s_bits.Where(bit => (gateways & bit) != 0)
        .Select(bit => $$"""{ "Name": "{{Name(site, bit)}}", "Endpoint": "{{Name(site, bit)}}.example.net"{{(bit == 4 ? $", \"Number\": {100 + site}" : "")}} }"""));

    private static Dictionary<string, string> Ends(WgFabric fabric) => fabric.Gateways.SelectMany(gateway => FabricTunnels.Of(fabric, gateway))
        .ToDictionary(end => $"{end.Gateway} {end.PeerGateway}", end => string.Join(' ', [end.Name, end.ListenPort, end.Endpoint, end.LocalAS, end.PeerAS, .. end.Address, .. end.PeerAddress, .. end.BirdProtocols]));
}
