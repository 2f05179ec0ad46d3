using System.Management.Automation;
using System.Text.Json;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>Routes of every shape, with ip(8) as witness both ways.</summary>
public sealed class RouteTests : LinkWorld
{
    private const string Made =
        """
        New-NetLinkRoute 10.5.0.0/16 10.0.0.9 -Namespace $ns -Metric 50
        New-NetLinkRoute 10.6.0.0/16 -Gateway 2001:db8::9 -Namespace $ns -Protocol bird -Mtu 1300
        New-NetLinkRoute 2001:db8:a3::/64 -NextHops @{ Gateway = '2001:db8::9' }, @{ Gateway = '2001:db8:1::9'; InterfaceName = 'eth1'; Weight = 3 } -Namespace $ns -Protocol bird
        New-NetLinkRoute 10.7.0.0/16 -NextHops @{ Gateway = '10.0.0.9'; InterfaceName = 'eth0' }, @{ Gateway = '2001:db8:1::9'; Weight = 256 } -Namespace $ns
        New-NetLinkRoute 2001:db8::/32 -Type Unreachable -Metric 4096 -Namespace $ns
        New-NetLinkRoute 10.66.0.0/16 -Type Blackhole -Namespace $ns
        New-NetLinkRoute 10.67.0.0/16 -Type Prohibit -Namespace $ns
        New-NetLinkRoute default fe80::1 -InterfaceName eth0 -Namespace $ns
        New-NetLinkRoute 0.0.0.0/0 10.0.0.9 -Namespace $ns
        New-NetLinkRoute 10.8.0.0/16 -InterfaceName eth1 -Namespace $ns -PreferredSource 10.0.1.1
        New-NetLinkRoute 10.9.0.0/16 172.16.0.1 -InterfaceName eth1 -OnLink -Namespace $ns
        New-NetLinkRoute 10.10.0.1 10.0.0.9 -Table 1000 -Namespace $ns
        """;

    private static readonly string[] s_seen =
    [
        "10.10.0.1 static 0 1000 [10.0.0.9 eth0]",
        "10.5.0.0/16 static 50 main [10.0.0.9 eth0]",
        "10.6.0.0/16 bird 0 main [2001:db8::9 eth0]",
        "10.7.0.0/16 static 0 main [10.0.0.9 eth0*1, 2001:db8:1::9 eth1*256]",
        "10.8.0.0/16 static 0 main [- eth1]",
        "10.9.0.0/16 static 0 main [172.16.0.1 eth1]",
        "2001:db8:a3::/64 bird 1024 main [2001:db8::9 eth0*1, 2001:db8:1::9 eth1*3]",
        "blackhole 10.66.0.0/16 static 0 main []",
        "default static 0 main [10.0.0.9 eth0]",
        "default static 1024 main [fe80::1 eth0]",
        "prohibit 10.67.0.0/16 static 0 main []",
        "unreachable 2001:db8::/32 static 4096 main []",
    ];

    [Fact]
    public void What_we_make_ip_shows()
    {
        string ns = Namespace();
        IReadOnlyList<PSObject> made = Engine.Succeed(Made, ("ns", ns));
        Assert.Equal(s_seen, Seen(ns));
        JsonElement six = Ip(ns, "route show 10.6.0.0/16")[0];
        Assert.Equal(1300, six.GetProperty("metrics")[0].GetProperty("mtu").GetInt32());
        Assert.Equal("10.0.1.1", Ip(ns, "route show 10.8.0.0/16")[0].GetProperty("prefsrc").GetString());
        Assert.Contains("onlink", Ip(ns, "route show 10.9.0.0/16")[0].GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));

        // What New- emits and what Get- emits are the same.
        IReadOnlyList<PSObject> read = Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird, static", ("ns", ns));
        Assert.Equal(made.Select(Shown).Order(StringComparer.Ordinal), read.Select(Shown).Order(StringComparer.Ordinal));
        Assert.Equal(s_seen, read.Select(Shown).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Routes_go_through_the_pipeline_into_another_table_and_away()
    {
        string ns = Namespace();
        Engine.Succeed(Made, ("ns", ns));
        Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird, static -Table main | New-NetLinkRoute -Table 77", ("ns", ns));
        Assert.Equal(s_seen.Length - 1, Seen(ns).Count(route => route.Contains(" 77 [", StringComparison.Ordinal)));
        Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird, static | Remove-NetLinkRoute", ("ns", ns));
        Assert.Empty(Seen(ns));
    }

    [Fact]
    public void What_ip_makes_we_show_next_hop_objects_too()
    {
        string ns = Namespace();
        Native.Ip($"-n {ns} nexthop add id 10 via 10.0.0.7 dev eth0");
        Native.Ip($"-n {ns} nexthop add id 11 via 10.0.1.7 dev eth1");
        Native.Ip($"-n {ns} nexthop add id 20 group 10/11,2");
        Native.Ip($"-n {ns} route add 10.20.0.0/16 nhid 20 proto bird");
        Native.Ip($"-n {ns} route add 10.21.0.0/16 nhid 10 proto bird");
        foreach (string compatible in (string[])["1", "0"])
        {
            Engine.Succeed("Set-NetSysctl net.ipv4.nexthop_compat_mode $mode -Namespace $ns", ("ns", ns), ("mode", compatible));
            IReadOnlyList<PSObject> routes = Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird", ("ns", ns));
            Assert.Equal(
                ["10.20.0.0/16 bird 0 main [10.0.0.7 eth0*1, 10.0.1.7 eth1*2]", "10.21.0.0/16 bird 0 main [10.0.0.7 eth0]"],
                routes.Select(Shown).Order(StringComparer.Ordinal));
            Assert.Equal(["10", "20"], routes.Select(route => Text(route, "NextHopId")).Order(StringComparer.Ordinal));
        }

        Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird | Remove-NetLinkRoute", ("ns", ns));
        Assert.DoesNotContain(Ip(ns, "route"), route => route.GetProperty("protocol").GetString() == "bird");
    }

    [Fact]
    public void Filters_leave_what_was_asked_for()
    {
        string ns = Namespace();
        Engine.Succeed(Made, ("ns", ns));
        Assert.Equal(2, Count("-Protocol bird"));
        Assert.Equal(2, Count("-Protocol 12"));
        Assert.Equal(1, Count("-Table 1000"));
        Assert.Equal(0, Count("-Table 4711"));
        Assert.Equal(2, Count("default"));
        Assert.Equal(1, Count("0.0.0.0/0"));
        Assert.Equal(1, Count("-Type Unreachable"));
        Assert.Equal(1, Count("2001:DB8:A3::/64"));
        Assert.Equal(3, Count("10.6* -AddressFamily IPv4"));
        Assert.Equal(4, Count("-Protocol bird, static -InterfaceName eth1"));
        Assert.Equal(0, Count("-Protocol bird -Table local"));
        int own = Ip(ns, "-4 route show table local").Length;
        Assert.Equal(own, Count("-AddressFamily IPv4 -Table local"));
        Engine.Fail("RouteNotFound", "Get-NetLinkRoute 10.99.0.0/16 -Namespace $ns", ("ns", ns));

        int Count(string arguments) => Engine.Succeed($"Get-NetLinkRoute -Namespace $ns {arguments}", ("ns", ns)).Count;
    }

    [Fact]
    public void A_route_is_replaced_only_when_asked()
    {
        string ns = Namespace();
        Engine.Succeed("New-NetLinkRoute 10.5.0.0/16 10.0.0.9 -Namespace $ns", ("ns", ns));
        ErrorRecord error = Engine.Fail("RouteExists", "New-NetLinkRoute 10.5.0.0/16 10.0.0.8 -Namespace $ns", ("ns", ns));
        Assert.Equal(ErrorCategory.ResourceExists, error.CategoryInfo.Category);
        Engine.Succeed("New-NetLinkRoute 10.5.0.0/16 10.0.0.8 -Replace -Namespace $ns", ("ns", ns));
        Assert.Equal(["10.5.0.0/16 static 0 main [10.0.0.8 eth0]"], Seen(ns));
        Engine.Succeed("New-NetLinkRoute 10.5.0.0/16 10.0.0.7 -Metric 5 -Namespace $ns", ("ns", ns));
        Engine.Fail("RouteAmbiguous", "Remove-NetLinkRoute 10.5.0.0/16 -Namespace $ns", ("ns", ns));
        Engine.Succeed("Remove-NetLinkRoute 10.5.0.0/16 -Metric 5 -Namespace $ns; Remove-NetLinkRoute 10.5.0.0/16 -Namespace $ns -WhatIf", ("ns", ns));
        Assert.Equal(["10.5.0.0/16 static 0 main [10.0.0.8 eth0]"], Seen(ns));
    }

    /// <summary>Many are sent at once where they stand ready; that must not show.</summary>
    [Fact]
    public void Many_at_once_tell_each_in_its_order_as_one_by_one()
    {
        string ns = Namespace();
        IReadOnlyList<PSObject> made = Engine.Succeed(
            """
            $good = 0..199 | ForEach-Object { New-NetLinkRoute "172.16.$_.0/24" 10.0.0.9 -Namespace $ns -Metric $_ }
            $good | Remove-NetLinkRoute
            $good
            """,
            ("ns", ns));
        Assert.Empty(Seen(ns));

        // Each seventh is there already.
        string[] told = [.. Engine.Run(
            """
            $routes = for ($i = 0; $i -lt 200; $i++) { if ($i % 7 -eq 6) { $made[0] } else { $made[$i] } }
            $routes | New-NetLinkRoute -Namespace $ns -ErrorAction SilentlyContinue -ErrorVariable refused | ForEach-Object { "$($_.Destination)" }
            $refused | ForEach-Object { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.TargetObject) $($_.Exception.Error)" }
            $routes | Remove-NetLinkRoute -ErrorAction SilentlyContinue -ErrorVariable refused
            $refused | ForEach-Object { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.TargetObject)" }
            """,
            ("ns", ns), ("made", made.Select(route => route.BaseObject).ToArray())).Output.Select(line => line.ToString()!)];
        int again = Enumerable.Range(0, 200).Count(i => i % 7 == 6);
        Assert.Equal(
            [
                .. Enumerable.Range(0, 200).Where(i => i % 7 != 6).Select(i => $"172.16.{i}.0/24"),
                .. Enumerable.Repeat("RouteExists 172.16.0.0/24 17", again),
                .. Enumerable.Repeat("RouteNotFound 172.16.0.0/24", again),
            ],
            told);
        Assert.Empty(Seen(ns));
    }

    [Theory]
    [InlineData("$routes | New-NetLinkRoute -Namespace $ns | & { process { throw 'enough' } }", 1)]
    [InlineData("$routes | New-NetLinkRoute -Namespace $ns -ErrorAction Stop", 10)]
    [InlineData("$ErrorActionPreference = 'Stop'; $routes | New-NetLinkRoute -Namespace $ns", 10)]
    [InlineData("$routes[0..8] | ForEach-Object { if ((Get-NetLinkRoute -Namespace $ns -Protocol static).Count -ne $script:n) { throw 'later' }; $script:n++; $_ } | New-NetLinkRoute -Namespace $ns", 9)]
    public void What_ends_a_pipeline_ends_it_at_that_route(string script, int made)
    {
        string ns = Namespace();
        Engine.Run(
            """
            $script:n = 0
            $routes = 0..49 | ForEach-Object { New-NetLinkRoute "172.16.$_.0/24" 10.0.0.9 -Namespace $ns }
            $routes | Remove-NetLinkRoute
            $routes[10] = $routes[9]
            """ + "\n" + script,
            ("ns", ns));
        Assert.Equal(made, Seen(ns).Length);
    }

    [Theory]
    [InlineData("New-NetLinkRoute 10.5.0.1/16 10.0.0.9 -Namespace $ns", "InvalidDestination")]
    [InlineData("New-NetLinkRoute default -InterfaceName eth0 -Namespace $ns", "InvalidDestination")]
    [InlineData("New-NetLinkRoute 10.5.0.0/16 192.168.77.1 -Namespace $ns", "GatewayUnreachable")]
    [InlineData("New-NetLinkRoute 2001:db8:5::/64 2001:db8:77::1 -Namespace $ns", "GatewayUnreachable")]
    [InlineData("New-NetLinkRoute 2001:db8:5::/64 10.0.0.9 -Namespace $ns", "InvalidRoute")]
    [InlineData("New-NetLinkRoute 10.5.0.0/16 -NextHops @{ Gateway = '10.0.0.9'; Weight = 257 } -Namespace $ns", "InvalidRoute")]
    [InlineData("New-NetLinkRoute 10.5.0.0/16 10.0.0.9 -Mtu 10 -Namespace $ns", "InvalidRoute")]
    [InlineData("New-NetLinkRoute 10.5.0.0/16 -InterfaceName nope -Namespace $ns", "LinkNotFound")]
    [InlineData("New-NetLinkRoute 10.5.0.0/16 10.0.0.9 -Table nope -Namespace $ns", "InvalidRouteTable")]
    [InlineData("New-NetLinkRoute 10.5.0.0/16 10.0.0.9 -Protocol nope -Namespace $ns", "InvalidRouteProtocol")]
    [InlineData("Remove-NetLinkRoute 10.5.0.0/16 -Namespace $ns", "RouteNotFound")]
    public void Every_mistake_has_its_own_error_and_changes_nothing(string script, string id)
    {
        string ns = Namespace();
        Engine.Fail(id, script, ("ns", ns));
        Assert.Empty(Seen(ns));
    }

    private string Namespace()
    {
        string ns = World.Namespace("a");
        for (int i = 0; i < 2; i++)
        {
            Native.Ip($"-n {ns} link add eth{i} type veth peer name far{i}");
            Native.Ip($"-n {ns} link set far{i} up");
            Native.Ip($"-n {ns} link set eth{i} up");
            Native.Ip($"-n {ns} addr add 10.0.{i}.1/24 dev eth{i}");
            Native.Ip($"-n {ns} addr add 2001:db8:{(i == 0 ? "" : "1:")}:1/64 dev eth{i} nodad");
        }

        return ns;
    }

    // Our protocols alone: the kernel's own routes come and go with addresses.
    private static string[] Seen(string ns) =>
        [.. Ip(ns, "-4 route show table all").Concat(Ip(ns, "-6 route show table all"))
            .Where(route => route.GetProperty("protocol").GetString() is "static" or "bird")
            .Select(Shown).Order(StringComparer.Ordinal)];

    private static string Shown(JsonElement route)
    {
        string type = route.GetProperty("type").GetString()!;
        bool refuses = type is "unreachable" or "blackhole" or "prohibit";
        IEnumerable<string> hops = refuses ? []
            : route.TryGetProperty("nexthops", out JsonElement several) ? several.EnumerateArray().Select(hop => $"{Gateway(hop)} {hop.GetProperty("dev")}*{hop.GetProperty("weight")}")
            : [$"{Gateway(route)} {route.GetProperty("dev")}"];
        string metric = route.TryGetProperty("metric", out JsonElement number) ? number.ToString() : "0";
        return $"{(type == "unicast" ? "" : type + " ")}{route.GetProperty("dst")} {route.GetProperty("protocol")} {metric} {route.GetProperty("table")} [{string.Join(", ", hops)}]";
    }

    private static string Gateway(JsonElement hop) =>
        hop.TryGetProperty("via", out JsonElement via) ? via.GetProperty("host").GetString()! : hop.TryGetProperty("gateway", out JsonElement gateway) ? gateway.GetString()! : "-";

    private static string Shown(PSObject route)
    {
        PSObject[] hops = [.. ((Array)route.Properties["NextHops"].Value).Cast<object>().Select(PSObject.AsPSObject)];
        string type = Text(route, "Type").ToLowerInvariant();
        string destination = Text(route, "Destination");
        destination = destination.EndsWith("/0", StringComparison.Ordinal) ? "default" : destination.EndsWith("/32", StringComparison.Ordinal) && destination.Contains('.') ? destination[..^3] : destination;
        IEnumerable<string> shown = hops.Select(hop => $"{(hop.Properties["Gateway"].Value is null ? "-" : Text(hop, "Gateway"))} {Text(hop, "InterfaceName")}{(hops.Length > 1 ? "*" + Text(hop, "Weight") : "")}");
        return $"{(type == "unicast" ? "" : type + " ")}{destination} {Text(route, "Protocol")} {Text(route, "Metric")} {Text(route, "Table")} [{string.Join(", ", shown)}]";
    }
}
