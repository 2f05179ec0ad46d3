using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using WgNet.Bird;
using WgNet.Fabric;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Fabric;

/// <summary>What a lab is made of, by the fabric alone.</summary>
public sealed class LabTests
{
    private static readonly Dictionary<string, string[]> s_nothing = [];

    [Fact]
    public void TheArticlesSitesHaveTheArticlesNetworks()
    {
        WgFabric fabric = Article();
        var networks = new SiteNetworks(fabric, s_nothing);
        Assert.Equal(["192.168.103.12/24"], Texts(networks.OfGatewayToGateways(fabric.Sites[2], fabric.Sites[2].Gateways[1])));
        Assert.Equal(["192.168.3.12/24"], Texts(networks.OfGatewayToRouter(fabric, fabric.Sites[2], fabric.Sites[2].Gateways[1])));
        Assert.Equal(["192.168.3.1/24"], Texts(networks.OfRouter(fabric, fabric.Sites[2])));
        Assert.Equal(17, SiteHosts.Of("2001:db8:a3::/64").Length);
        Assert.Equal("10.0.3.31", SiteHosts.OfFamily(fabric.Sites[2], AddressFamily.InterNetwork)[^1].ToString());
    }

    [Fact]
    public void ASiteThatComesOrGoesMovesNoOtherOne()
    {
        // All above 99, where the networks are no longer made of the number alone.
        WgFabric all = Many(250, first: 90);
        var before = new SiteNetworks(all, s_nothing);
        Assert.Equal(500, before.Recorded.Values.SelectMany(pair => pair).Distinct().Count());
        WgFabric fewer = all with { Sites = [.. all.Sites.Where((_, index) => index % 3 > 0), Site(5000)] };
        var after = new SiteNetworks(fewer, before.Recorded);
        Assert.All(fewer.Sites.SkipLast(1), site => Assert.Equal(before.Recorded[site.Name], after.Recorded[site.Name]));
        Assert.Equal(2 * fewer.Sites.Length, after.Recorded.Values.SelectMany(pair => pair).Distinct().Count());
    }

    [Fact]
    public void NetworksOfTheFabricAreLeftToIt()
    {
        WgFabric fabric = Article() with { TunnelPools = ["192.168.0.0/16", "2001:db8:ff::/64"] };
        Assert.All(new SiteNetworks(fabric, s_nothing).Recorded.Values.SelectMany(pair => pair), network => Assert.StartsWith("198.1", network, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new[] { "eth*" }, "eth1", "eth2")]
    [InlineData(new[] { "lan?" }, "lan1", "lan2")]
    [InlineData(new[] { "lan0" }, null, "lan0")]
    [InlineData(new[] { "eth2", "bond0" }, "eth2", "bond0")]
    [InlineData(new[] { "eth1", "eth2", "eth3" }, "eth1", "eth2")]
    public void SiteInterfacesMatchTheFabricsPatterns(string[] patterns, string? toGateways, string toRouter) =>
        Assert.Equal(new SiteInterfaces(toGateways, toRouter), SiteInterfaces.Of(patterns));

    [Theory]
    [InlineData("10.0.0.0/32", 1)]
    [InlineData("10.0.0.0/31", 2)]
    [InlineData("10.0.0.0/30", 2)]
    [InlineData("10.0.0.0/28", 14)]
    [InlineData("10.0.0.0/26", 17)]
    [InlineData("2001:db8::/48", 17)]
    [InlineData("0.0.0.0/0", 0)]
    public void HostsFitIntoTheirPrefix(string prefix, int count)
    {
        AddressSpec[] hosts = SiteHosts.Of(prefix);
        Assert.Equal(count, hosts.Select(host => host.Address).Distinct().Count());
        Assert.All(hosts, host => Assert.True(IPNetwork.Parse(prefix).Contains(host.Address)));
        if (prefix.EndsWith("/30", StringComparison.Ordinal) || prefix.EndsWith("/28", StringComparison.Ordinal))
            Assert.DoesNotContain(hosts, host => (host.Address.GetAddressBytes()[^1] & (prefix.EndsWith("30", StringComparison.Ordinal) ? 3 : 15)) is 0 or 15);
    }

    [Fact]
    public void PublicAddressesAreTheFilesOwnWhereItHasAny()
    {
        WgFabric fabric = Article();
        WgFabricGateway named = Gateway(fabric, 0) with { Endpoint = "gateway.example.net" }, hidden = Gateway(fabric, 1) with { Endpoint = null, BehindNat = true };
        fabric = fabric with { Sites = [fabric.Sites[0] with { Gateways = [named, hidden] }, .. fabric.Sites[1..]] };
        var addresses = new PublicAddresses(fabric);
        Assert.Equal(["2001:db8:2::1", "100.64.0.3"], addresses.Of(Gateway(fabric, 2)).Select(address => address.ToString()));
        Assert.Equal("fdc6:a1ab:0:1::1", addresses.Endpoint(named));
        Assert.Null(addresses.Endpoint(hidden));
        Assert.Equal(2, addresses.Of(hidden).Length);

        // The lab's own fabric means the same addresses, also where the file's was asked for its tunnels before.
        Assert.All(fabric.Gateways, gateway => Assert.Equal(4, FabricTunnels.Of(fabric, gateway).Count()));
        WgFabric lab = LabFabric.Of(fabric, addresses, fabric.Gateways.ToDictionary(gateway => gateway.Name, _ => WgPrivateKey.Generate().GetPublicKey()));
        var again = new PublicAddresses(lab);
        Assert.All(fabric.Gateways, gateway => Assert.Equal(addresses.Of(gateway), again.Of(gateway)));
        WgFabricTunnel tunnel = FabricTunnels.Of(lab, Gateway(lab, 2)).First();
        Assert.Equal("fdc6:a1ab:0:1::1", tunnel.Endpoint!.Host);
        Assert.Equal(Gateway(lab, 0).PublicKey, tunnel.PeerPublicKey);
    }

    [Fact]
    public void TheRouterIsTheDesignatedOne()
    {
        WgFabric fabric = Article();
        string text = LabRouter.Of(fabric, fabric.Sites[0], new SiteNetworks(fabric, s_nothing)).ToText();
        Assert.Contains("priority 255;", text, StringComparison.Ordinal);
        Assert.Contains("router id 0.0.0.1;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("persist", text, StringComparison.Ordinal);
    }

    [Fact]
    public void APriorityIsWrittenAndChecked()
    {
        BirdConfiguration With(int priority) => new()
        {
            RouterId = "0.0.0.1",
            Protocols = [new BirdConfigOspf { Version = 2, Channel = new BirdConfigChannel { Family = BirdFamily.Ipv4 }, Areas = [new BirdConfigOspfArea { Interfaces = [new BirdConfigOspfInterface { Name = "eth0", Priority = priority }] }] }],
        };
        Assert.Contains("priority 0;", With(0).ToText(), StringComparison.Ordinal);
        Assert.Equal("BirdInvalidValue", Assert.Throws<FaultException>(() => With(256).ToText()).Id);
    }

    [Fact]
    public void LabNamesAreChecked()
    {
        LabPaths.Check("try-1.b_2");
        foreach (string name in new[] { "", ".", "a/b", "-a", "ü", new string('a', 33) })
            Assert.Equal("InvalidLabName", Assert.Throws<FaultException>(() => LabPaths.Check(name)).Id);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1401)]
    public void AnEchoRequestsSumIsRight(int size)
    {
        byte[] packet = new byte[size];
        EchoPacket.WriteRequest(packet, AddressFamily.InterNetwork, 0xfffe, 0xabcd);

        // RFC 1071: the sum over everything, the checksum included, is all ones.
        uint sum = 0;
        for (int i = 0; i < size; i += 2)
            sum += i + 1 < size ? BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(i)) : (uint)packet[i] << 8;
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        Assert.Equal(0xffffu, sum);
    }

    private static WgFabric Article() => Many(3, first: 1);

    private static WgFabric Many(int count, int first) => new() { Name = "article", Sites = [.. Enumerable.Range(first, count).Select(Site)] };

    private static WgFabricSite Site(int number) => new()
    {
        Name = $"site{number}",
        Number = number,
        ASNumber = 65000 + (uint)number,
        Prefixes = [$"2001:db8:{0xa000 + number:x}::/64", $"10.{number >> 8}.{number & 255}.0/24"],
        Gateways = [.. Enumerable.Range(1, 2).Select(which => new WgFabricGateway
        {
            Name = $"V{number}-{which}",
            Site = $"site{number}",
            Number = ((number - 1) * 2) + which,
            ASNumber = 65000 + (uint)number,
            RouterId = $"1.0.{number & 255}.{which}",
            Endpoint = $"2001:db8:{number}::{which}",
        })],
    };

    private static WgFabricGateway Gateway(WgFabric fabric, int index) => fabric.Gateways.ElementAt(index);

    private static IEnumerable<string> Texts(IEnumerable<AddressSpec> addresses) => addresses.Select(address => address.ToString());
}
