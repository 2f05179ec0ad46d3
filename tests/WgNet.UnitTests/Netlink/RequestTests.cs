using System.Net;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>Our requests beside those of ip(8) for the same change.</summary>
public sealed class RequestTests
{
    private readonly byte[] _buffer = new byte[4096];

    [Fact]
    public void A_veth_into_another_namespace()
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open("");
        Create("veth-add", new LinkSpec("eth0", "veth") { Data = new VethData("eth0") { PeerNamespace = ns, PeerMacAddress = "50:54:33:00:00:01" } });
    }

    [Fact]
    public void A_bridge_that_does_not_snoop() =>
        Create("bridge-add", new LinkSpec("br1", "bridge") { Data = new BridgeData { MulticastSnooping = false } });

    [Fact]
    public void A_vrf_with_its_table() => Create("vrf-add", new LinkSpec("red", "vrf") { Data = new VrfData(10) });

    [Fact]
    public void A_kind_without_data() => Create("ifb-add", new LinkSpec("dummy0", "ifb"));

    [Fact]
    public void A_move_with_a_new_name_is_one_request()
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open("");
        Change("link-move-rename", 6, new LinkChange { Namespace = ns, Name = "wg5" });
    }

    [Fact]
    public void An_mtu() => Change("link-mtu", 3, new LinkChange { Mtu = 1400 });

    [Fact]
    public void A_master() => Change("link-master", 3, new LinkChange { MasterIndex = 4 });

    [Fact]
    public void Up() => Change("link-up", 3, new LinkChange { Up = true });

    [Fact]
    public void No_link_local_address() => Change("addrgenmode", 5, new LinkChange { AddressGenerationMode = AddressGenerationMode.None });

    [Fact]
    public void Removal()
    {
        var writer = new MessageWriter(_buffer);
        LinkCodec.WriteRemove(ref writer, 4);
        IpRequest.AssertSame("link-del", writer.Written);
    }

    [Theory]
    [InlineData("addr4", "169.254.1.0/31", NetLinkAddressFlags.None)]
    [InlineData("addr6-nodad", "2001:db8:1::1/64", NetLinkAddressFlags.NoDad)]
    public void An_address(string recording, string address, NetLinkAddressFlags flags)
    {
        var writer = new MessageWriter(_buffer);
        AddressCodec.WriteAdd(ref writer, 3, AddressSpec.Parse(address) with { Flags = flags });
        IpRequest.AssertSame(recording, writer.Written);
    }

    [Fact]
    public void A_route_that_refuses() => Route("route-unreachable", new RouteSpec(IPNetwork.Parse("2001:db8:dead::/48"))
    {
        Type = NetLinkRouteType.Unreachable,
        Protocol = RouteProtocols.Boot,
    });

    [Fact]
    public void A_route_by_two_gateways() => Route("route4-ecmp", new RouteSpec(IPNetwork.Parse("10.0.3.0/24"))
    {
        NextHops = [Hop("169.254.1.1", 1), Hop("169.254.1.1", 2) with { OnLink = true }],
        Metric = 32,
        Protocol = RouteProtocols.Bird,
    });

    [Fact]
    public void An_ipv6_route_by_two_gateways() => Route("route6-ecmp", new RouteSpec(IPNetwork.Parse("2001:db8:a3::/64"))
    {
        NextHops = [Hop("2001:db8:1::5", 1), Hop("2001:db8:1::7", 2)],
        Metric = 1024,
        Protocol = RouteProtocols.Bird,
    });

    [Fact]
    public void An_ipv4_route_by_an_ipv6_gateway() => Route("route4-via6", new RouteSpec(IPNetwork.Parse("10.0.4.0/24"))
    {
        NextHops = [Hop("2001:db8:1::9", 1)],
        Protocol = RouteProtocols.Boot,
    });

    private static NetLinkNextHop Hop(string gateway, int weight) => new() { Gateway = IPAddress.Parse(gateway), InterfaceIndex = 3, Weight = weight };

    private void Create(string recording, LinkSpec spec)
    {
        var writer = new MessageWriter(_buffer);
        LinkCodec.WriteCreate(ref writer, spec, up: false);
        IpRequest.AssertSame(recording, writer.Written);
    }

    private void Change(string recording, int index, LinkChange change)
    {
        var writer = new MessageWriter(_buffer);
        LinkCodec.WriteChange(ref writer, index, change);
        IpRequest.AssertSame(recording, writer.Written);
    }

    private void Route(string recording, RouteSpec spec)
    {
        var writer = new MessageWriter(_buffer);
        RouteCodec.WriteAdd(ref writer, spec, replace: false);
        IpRequest.AssertSame(recording, writer.Written);
    }
}
