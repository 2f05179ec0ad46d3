using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>What the recorded replies mean, value by value.</summary>
public sealed class ArticleReplyTests
{
    [Fact]
    public void Status_has_whole_times()
    {
        using ReplayDaemon daemon = ReplayDaemon.Of(Transcript.Load("comm-c.sock"));
        using BirdClient client = daemon.Client();
        BirdStatus status = client.Status();
        Assert.Equal(("2.0.12", "10.9.0.1", "gw-c", "Running"), (status.Version, status.RouterId, status.Hostname, status.State));
        Assert.Equal(new DateTime(2026, 11, 22, 14, 52, 4, 622), status.ServerTime);
        Assert.Equal(new DateTime(2026, 11, 22, 14, 50, 55, 687), status.LastReboot);
        Assert.Equal(daemon.ControlSocket, status.ControlSocket);
    }

    [Fact]
    public void Sessions_have_their_state_and_their_last_error()
    {
        Dictionary<string, BirdProtocol> protocols = Protocols("comm-c.sock", detail: false);
        Assert.Equal(15, protocols.Count);
        BirdProtocol up = protocols["UPSTREAM"];
        Assert.Equal(("BGP", null, "up", "Established", "Established"), (up.Protocol, up.Table, up.State, up.SessionState, up.Info));
        Assert.Equal((new DateTime(2026, 11, 22, 14, 51, 21, 681), "14:51:21.681"), (up.Since, up.SinceText));
        BirdProtocol refused = protocols["REFUSED"];
        Assert.Equal(("start", "Idle", "BGP Error: Bad peer AS", "Idle BGP Error: Bad peer AS"), (refused.State, refused.SessionState, refused.LastError, refused.Info));
        Assert.Equal("master4 <=> other4", protocols["PIPE4"].Info);
        Assert.Equal("master4", protocols["KERNEL4"].Table);
        Assert.Null(protocols["DISABLED"].SessionState);
    }

    [Fact]
    public void A_session_in_detail_has_neighbour_timers_and_channels()
    {
        BirdProtocol session = Protocols("comm-c.sock", detail: true)["UPSTREAM"];
        Assert.True(session.IsDetailed);
        Assert.Equal("to d, both families", session.Description);
        Assert.Equal(("2001:db8:9::2", 65002u, 65001u, "10.9.0.2"), (session.NeighborAddress, session.NeighborAS, session.LocalAS, session.NeighborId));
        Assert.Equal((TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(4.073)), (session.HoldTime, session.HoldTimeRemaining));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.826)), (session.KeepaliveTime, session.KeepaliveTimeRemaining));
        Assert.Equal(("external AS4", "2001:db8:9::1"), (session.Session, session.SourceAddress));
        Assert.Contains("Multiprotocol (AF announced: ipv4 ipv6)", session.LocalCapabilities);
        Assert.Equal(6, session.NeighborCapabilities.Length);
        Assert.Equal(["ipv4", "ipv6"], session.Channels.Select(channel => channel.Name));
        BirdChannel first = session.Channels[0];
        Assert.Equal(("UP", "master4", 100, "ACCEPT", "fout"), (first.State, first.Table, first.Preference, first.InputFilter, first.OutputFilter));
        Assert.Equal((2L, null, 10L, 1L), (first.Imported, first.Filtered, first.Exported, first.Preferred));
        Assert.Equal(("100", "block"), (first.Details["Import limit"], first.Details["Import limit action"]));
        Assert.Equal("10.9.0.1", first.BgpNextHop);
        BirdRouteChanges exports = first.RouteChanges.Single(row => row.Name == "Export updates");
        Assert.Equal((15L, 2L, 3L, null, 10L), (exports.Received, exports.Rejected, exports.Filtered, exports.Ignored, exports.Accepted));
    }

    [Fact]
    public void Filtered_routes_waiting_timers_and_pipes_are_kept()
    {
        Dictionary<string, BirdProtocol> protocols = Protocols("comm-c.sock", detail: true);
        Assert.Equal(1, protocols["SECOND"].Channels[0].Filtered);
        Assert.Equal(("7.912/60", "BGP Error: Bad peer AS"), (protocols["REFUSED"].Details["Error wait"], protocols["REFUSED"].LastError));
        BirdChannel pipe = protocols["PIPE4"].Channels.Single();
        Assert.Equal(("main", "master4", "other4", 0L, 15L), (pipe.Name, pipe.Table, pipe.Details["Peer table"], pipe.Imported, pipe.Exported));
        Assert.Equal(("REJECT", "ACCEPT", 4), (pipe.InputFilter, pipe.OutputFilter, pipe.RouteChanges.Length));
        Assert.Empty(protocols["RPKI1"].Channels);
    }

    [Fact]
    public void A_prefix_with_several_routes_is_one_object_each_the_best_one_primary()
    {
        List<BirdRoute> routes = [.. Routes("article-V1-1.private.sock", new BirdRouteQuery()).Where(route => route.Prefix == "2001:db8:a2::/64")];
        Assert.Equal(["IBGP_V2_1", "IBGP_V2_2", "PRIVATE"], routes.Select(route => route.Protocol));
        Assert.Equal([true, false, false], routes.Select(route => route.Primary));
        Assert.All(routes, route => Assert.Equal("master6", route.Table));
        Assert.Equal("2001:db8:ff::1 wg3", Assert.Single(routes[0].NextHops).ToString());
        Assert.Null(routes[0].NextHops[0].Weight);
        Assert.Equal(("... 65002", 65002u, "IGP", 160), (routes[0].AsPath, routes[0].OriginAS, routes[0].Origin, routes[0].Preference));
        Assert.Equal((150, 10L, 10000L, null), (routes[2].Preference, routes[2].Metric, routes[2].Metric2, routes[2].AsPath));
        Assert.Equal(["fe80::5254:33ff:fe00:5 eth1", "fe80::5254:33ff:fe00:6 eth2"], routes[2].NextHops.Select(hop => hop.ToString()));
        Assert.Equal("E2 (150/10/10000) [1.0.1.2]", routes[2].Info);
    }

    [Fact]
    public void What_the_kernel_is_given_has_merged_next_hops()
    {
        BirdRoute merged = Routes("article-V1-1.private.sock", new BirdRouteQuery { Export = "KERNEL6" }).Single(route => route.Prefix == "2001:db8:a3::/64");
        Assert.Equal([("2001:db8:ff::5", "wg5", 1), ("2001:db8:ff::7", "wg6", 1)], merged.NextHops.Select(hop => (hop.Gateway, hop.InterfaceName, hop.Weight ?? 0)));
        Assert.Equal("2001:db8:a3::/64 via 2001:db8:ff::5 wg5, 2001:db8:ff::7 wg6", merged.ToString());
    }

    [Fact]
    public void Full_attributes_have_the_three_kinds_of_communities()
    {
        List<BirdRoute> routes = Routes("comm-c.sock", new BirdRouteQuery { Detail = true });
        BirdRoute one = routes.First(route => route.Prefix == "198.51.100.0/25");
        Assert.Equal(("prohibited", "static", "univ"), (one.Type, one.Source, one.Scope));
        Assert.Equal(["rt:65001:100", "ro:10.9.0.1:7", "generic:0x43000000:0x1"], one.ExtendedCommunities);
        BirdRoute two = routes.First(route => route.Prefix == "198.51.100.128/25");
        Assert.Equal(["65001:1", "65001:2"], two.Communities);
        Assert.Equal(["65001:1:2", "4200000000:3:4"], two.LargeCommunities);
        Assert.Equal("(65001,1) (65001,2)", two.Attributes["BGP.community"]);
        BirdRoute bgp = routes.First(route => route.Prefix == "203.0.200.0/24");
        Assert.Equal(("65002", "IGP", 100u, "10.9.0.2", "2001:db8:9::2"), (bgp.AsPath, bgp.Origin, bgp.LocalPref, bgp.BgpNextHop, bgp.From));
        BirdRoute kernel = routes.First(route => route.Prefix == "2001:db8:ee::/48");
        Assert.Equal(("blackhole", 1024L, "3"), (kernel.Type, kernel.Metric, kernel.Attributes["Kernel.source"]));
    }

    [Fact]
    public void Weights_links_and_gateways_of_foreign_prefixes_are_kept()
    {
        List<BirdRoute> routes = Routes("comm-c.sock", new BirdRouteQuery());
        Assert.Equal(["10.9.0.2 eth0 x3", "10.9.1.2 eth1"], routes.Single(route => route.Prefix == "203.0.113.0/24").NextHops.Select(hop => hop.ToString()));
        Assert.All(routes.Single(route => route.Prefix == "203.0.116.0/24").NextHops, hop => Assert.True(hop.OnLink));
        BirdNextHop link = routes.Single(route => route.Prefix == "203.0.114.0/24").NextHops.Single();
        Assert.Equal((null, "eth1", "eth1"), (link.Gateway, link.InterfaceName, link.ToString()));
        Assert.Equal("Incomplete", routes.First(route => route.Prefix == "100.64.0.0/10").Origin);
    }

    [Fact]
    public void Counts_come_table_by_table_without_the_sum()
    {
        using ReplayDaemon daemon = ReplayDaemon.Of(Transcript.Load("comm-c.sock"));
        using BirdClient client = daemon.Client();
        List<BirdRouteCount> counts = [.. client.CountRoutes(new BirdRouteQuery { Tables = ["*"] })];
        Assert.Equal([("master4", 15L, 14L), ("master6", 8L, 8L), ("other4", 15L, 14L), ("r4", 0L, 0L)], counts.Select(count => (count.Table!, count.Routes, count.Networks)));
        Assert.Equal(["master4", "master6", "other4", "r4"], client.Tables());
    }

    [Fact]
    public void Configuration_replies_say_what_was_done()
    {
        using ReplayDaemon daemon = ReplayDaemon.Of(Transcript.Load("comm-c.sock"));
        using BirdClient client = daemon.Client();
        Assert.Equal(("Valid", "/etc/bird/c.conf"), (client.CheckConfiguration().Result, client.CheckConfiguration().Path));
        Assert.Equal("Reconfigured", client.Configure(soft: true).Result);
        Assert.Equal("Confirmed", client.ConfirmConfiguration().Result);
        Assert.Equal("Reconfigured", client.UndoConfiguration().Result);
        BirdException refused = Assert.Throws<BirdException>(() => client.CheckConfiguration("/nonexistent"));
        Assert.Equal(("BirdConfigError", FaultKind.InvalidData, null), (refused.Id, refused.Kind, refused.Line));
        Assert.Contains("/nonexistent: No such file or directory", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/bird/a.conf:12:5 syntax error, unexpected '}'", "/etc/bird/a.conf", 12, 5)]
    [InlineData("/etc/bird/a b:c.conf:1:1 Table not found", "/etc/bird/a b:c.conf", 1, 1)]
    [InlineData("/etc/bird/a.conf:7: old form", "/etc/bird/a.conf", 7, null)]
    public void A_configuration_error_has_its_place(string reply, string file, int line, int? column)
    {
        using var daemon = new ReplayDaemon(_ => $"0002-Reading configuration from {file}\n8002 {reply}\n");
        using BirdClient client = daemon.Client();
        BirdException refused = Assert.Throws<BirdException>(() => client.Configure(file));
        Assert.Equal((file, line, column), (refused.File, refused.Line, refused.Column));
    }

    private static Dictionary<string, BirdProtocol> Protocols(string transcript, bool detail)
    {
        using ReplayDaemon daemon = ReplayDaemon.Of(Transcript.Load(transcript));
        using BirdClient client = daemon.Client();
        return client.Protocols(detail: detail).ToDictionary(protocol => protocol.Name);
    }

    private static List<BirdRoute> Routes(string transcript, BirdRouteQuery query)
    {
        using ReplayDaemon daemon = ReplayDaemon.Of(Transcript.Load(transcript));
        using BirdClient client = daemon.Client();
        return [.. client.Routes(query)];
    }
}
