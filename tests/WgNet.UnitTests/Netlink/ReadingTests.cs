using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>What the kernel sent for a gateway of the lab reads as ip(8) showed it.</summary>
public sealed class ReadingTests
{
    [Fact]
    public void Links_read_as_ip_shows_them()
    {
        using RouteSession session = RecordedKernel.Session();
        IReadOnlyList<NetLink> links = Links.List(session, TestContext.Current.CancellationToken);
        Assert.All(links, link => Assert.Equal("private", link.Namespace));
        Assert.Equal(IpJson.Links().Order(StringComparer.Ordinal), links.Select(Shown).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Addresses_read_as_ip_shows_them()
    {
        using RouteSession session = RecordedKernel.Session();
        List<NetLinkAddress> addresses =
        [
            .. Addresses.List(session, family: System.Net.Sockets.AddressFamily.InterNetwork, cancel: TestContext.Current.CancellationToken),
            .. Addresses.List(session, family: System.Net.Sockets.AddressFamily.InterNetworkV6, cancel: TestContext.Current.CancellationToken),
        ];
        Assert.NotEmpty(addresses);
        Assert.Equal(
            IpJson.Addresses().Order(StringComparer.Ordinal),
            addresses.Select(one => $"{one.InterfaceName} {one} {Lower(one.Scope)} {(one.ValidLifetime is null ? "forever" : one.ValidLifetime)}").Order(StringComparer.Ordinal));
        Assert.All(addresses, one => Assert.Null(one.Peer));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Routes_read_as_ip_shows_them(int family)
    {
        using RouteSession session = RecordedKernel.Session();
        var filter = new RouteFilter { Family = family == 4 ? System.Net.Sockets.AddressFamily.InterNetwork : System.Net.Sockets.AddressFamily.InterNetworkV6 };
        IReadOnlyList<NetLinkRoute> routes = Routes.List(session, filter, TestContext.Current.CancellationToken);
        Assert.Contains(routes, route => route.NextHops.Length == 2 && route.Protocol == "bird");
        Assert.Equal(IpJson.Routes(family).Order(StringComparer.Ordinal), routes.Select(Shown).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Neighbours_read_with_their_states()
    {
        using RouteSession session = RecordedKernel.Session();
        IEnumerable<NetLinkNeighbor> neighbors = Neighbors.List(session, cancel: TestContext.Current.CancellationToken)
            .Where(one => !one.State.HasFlag(NetLinkNeighborState.NoArp));
        Assert.Equal(
            [
                "eth1 192.168.101.12 50:54:33:00:00:05 Stale",
                "eth2 192.168.1.1 50:54:33:00:00:13 Reachable",
                "eth2 192.168.1.12 50:54:33:00:00:06 Stale",
                "eth2 fe80::5254:33ff:fe00:13 50:54:33:00:00:13 Reachable",
                "eth2 fe80::c75:fdff:fece:760a 0e:75:fd:ce:76:0a Stale",
            ],
            neighbors.Select(one => $"{one.InterfaceName} {one.Address} {one.MacAddress} {one.State}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Namespace_ids_read() => Assert.Equal([0], Recording.Decode<int>("getnsid-dump", NamespaceIds.Decode));

    [Theory]
    [InlineData("ack-setlink-lo-up", 0, null, null)]
    [InlineData("err-delroute", Errno.ESRCH, null, null)]
    [InlineData("err-getlink-noname", Errno.ENODEV, null, null)]
    [InlineData("err-newaddr-nodev", Errno.ENODEV, "ipv6: Unable to find the interface", null)]
    [InlineData("err-newlink-dummy", Errno.EOPNOTSUPP, "Unknown device type", null)]
    [InlineData("err-newlink-wireguard", Errno.EOPNOTSUPP, "Unknown device type", null)]
    [InlineData("err-newlink-exist-lo", Errno.EEXIST, null, null)]
    [InlineData("err-newlink-longname", Errno.ERANGE, "Attribute failed policy validation", 32)]
    [InlineData("err-newroute-nexthop", Errno.EHOSTUNREACH, null, null)]
    [InlineData("err-setlink-nodev", Errno.ENODEV, null, null)]
    [InlineData("err-strict-getroute", Errno.EINVAL, "Invalid values in header for FIB dump request", null)]
    public void Refusals_keep_the_kernels_own_words(string recording, int errno, string? text, int? offset) =>
        Assert.Equal(new Acknowledgement(errno, text, offset), Recording.Refusal(recording));

    private static string Shown(NetLink link) => string.Join(' ',
        link.Name,
        link.Name == "wg5" ? "-" : link.Index,
        link.Kind,
        link.OperationalState.ToString().ToUpperInvariant(),
        link.Mtu,
        link.MacAddress ?? "-",
        link.LinkIndex,
        link.LinkNamespaceId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-",
        string.Join('+', (link.Flags & ~NetLinkFlags.Running).ToString().ToUpperInvariant().Split(", ").Order(StringComparer.Ordinal)));

    private static string Shown(NetLinkRoute route) => string.Join(' ',
        Lower(route.Type),
        route.Destination,
        route.Protocol,
        route.Metric,
        route.Table,
        Lower(route.Scope),
        route.PreferredSource?.ToString() ?? "-",
        string.Join(", ", route.NextHops.Select(hop => $"{hop.Gateway?.ToString() ?? "-"} {hop.InterfaceName} {hop.Weight}")));

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
