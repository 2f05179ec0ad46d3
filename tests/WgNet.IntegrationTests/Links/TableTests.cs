using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>Tables fit a terminal of 80 columns, whatever is in them.</summary>
public sealed class TableTests : LinkWorld
{
    [Theory]
    [InlineData("Get-NetLink -Namespace $ns", "Name Kind State Mtu MacAddress Master")]
    [InlineData("Get-NetLinkAddress -Namespace $ns", "InterfaceName Address Scope Peer")]
    [InlineData("Get-NetLinkRoute -Namespace $ns -Table *", "Destination Proto Metric NextHops")]
    [InlineData("(Get-NetLinkRoute -Namespace $ns).NextHops", "Gateway InterfaceName Weight IsDead")]
    [InlineData("Get-NetLinkNeighbor -Namespace $ns", "InterfaceName Address MacAddress State")]
    [InlineData("Get-NetNamespace $ns", "Name Id Path")]
    [InlineData("Get-NetSysctl net.ipv6.conf.*.forwarding -Namespace $ns", "Name Value")]
    public void A_table_fits(string script, string headings)
    {
        string ns = World.Namespace("a-rather-long-name");
        Native.Ip($"-n {ns} link add fifteen-bytes-x type bridge");
        Native.Ip($"-n {ns} link add fifteen-bytes-y type veth peer name fifteen-bytes-z");
        Native.Ip($"-n {ns} link set fifteen-bytes-y master fifteen-bytes-x mtu 65535");
        foreach (string link in (string[])["x", "y", "z"])
            Native.Ip($"-n {ns} link set fifteen-bytes-{link} up");
        Native.Ip($"-n {ns} addr add 2001:db8:1111:2222:3333:4444:5555:6666/64 dev fifteen-bytes-x nodad");
        Native.Ip($"-n {ns} addr add 192.168.100.100 peer 192.168.100.101/32 dev fifteen-bytes-x");
        Native.Ip($"-n {ns} neigh add 2001:db8:1111:2222:aaaa:bbbb:cccc:dddd lladdr 50:54:33:00:00:01 dev fifteen-bytes-x");
        Native.Ip($"-n {ns} -6 route add 2001:db8:9999:8888::/64 nexthop via 2001:db8:1111:2222:aaaa:bbbb:cccc:dddd weight 256 nexthop via fe80::1 dev fifteen-bytes-z");
        string text = Engine.Text(script, 80, ("ns", ns));
        string[] lines = [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("Namespace:", StringComparison.Ordinal))];
        Assert.Equal(headings, string.Join(' ', lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.True(lines.Length > 2, text);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));

        // Wrapped where it is long, never cut.
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_stand_under_the_name_of_their_namespace()
    {
        string ns = World.Namespace("a");
        string text = Engine.Text("$own = Invoke-NetNamespace $ns { Get-NetLink lo }; $own; $own; Get-NetLink lo -Namespace $ns; $own", 80, ("ns", ns));
        Assert.Equal(
            ["   Namespace: (own)", $"   Namespace: {ns}", "   Namespace: (own)"],
            text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Contains("Namespace", StringComparison.Ordinal)));
    }

    /// <summary>Here as in a session that got them from elsewhere.</summary>
    [Fact]
    public void A_route_shows_a_way_a_line_and_what_else_it_does()
    {
        string ns = World.Namespace("a");
        Native.Ip($"-n {ns} link add eth0 type veth peer name far0");
        Native.Ip($"-n {ns} link set far0 up");
        Native.Ip($"-n {ns} link set eth0 up");
        Native.Ip($"-n {ns} addr add 10.0.0.1/24 dev eth0");
        Native.Ip($"-n {ns} route add 10.5.0.0/16 nexthop via 10.0.0.2 nexthop via 10.0.0.3 weight 2");
        Native.Ip($"-n {ns} route add unreachable 10.6.0.0/16");
        const string Get = "$routes = Get-NetLinkRoute 10.5.0.0/16, 10.6.0.0/16 -Namespace $ns\n";
        string here = Engine.Text(Get + "$routes", 80, ("ns", ns));
        Assert.Equal(
            ["10.5.0.0/16 boot 0 via 10.0.0.2 dev eth0", "via 10.0.0.3 dev eth0 weight 2", "10.6.0.0/16 boot 0 unreachable"],
            here.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim()).Where(line => line.Contains("10.", StringComparison.Ordinal)));
        Assert.Equal(here, Engine.Text(Get + "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($routes, 3))", 80, ("ns", ns)));
    }
}
