using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>What no capture has, in the words of BIRD's sources (proto/ospf/iface.c and ospf.c, proto/babel/babel.c, proto/rpki/rpki.c).</summary>
public sealed class DetailReplyTests
{
    [Fact]
    public void Virtual_links_peers_and_links_without_broadcast()
    {
        const string Reply = """
            1015-O4:
             Virtual link vlink0 to 10.0.0.9
             	Peer IP: 10.4.0.9
             	Transit area: 0.0.0.5 (5)
             	State: PtP
             	Cost: 30
             Interface wg0 (peer 10.0.0.2)
             	Type: ptmp (strict)
             	Area: 0.0.0.5 (5)
             	State: PtP (stub)
             Interface eth2 (10.2.0.0/24)
             	Type: nbma
             	Poll timer: 20
             	Designated router (ID): 0.0.0.0
             	A thing of tomorrow: 7

             O6:
             Interface eth2 (IID 3)
             	Type: broadcast (real)
            0000 
            """;
        var unknown = new List<string>();
        BirdOspfInterface[] all = [.. OspfInterfaceQueries.Parse(Lines(Reply), "s", unknown.Add)];
        Assert.Empty(unknown);
        Assert.Equal(("O4", "vlink0", "virtual", "10.0.0.9", "10.4.0.9", "0.0.0.5", "PtP", 30), (all[0].Protocol, all[0].Name, all[0].Type, all[0].PeerRouterId, all[0].Peer, all[0].Area, all[0].State, all[0].Cost));
        Assert.Equal(("wg0", "ptmp", "strict", "10.0.0.2", "PtP", true), (all[1].Name, all[1].Type, all[1].TypeOption, all[1].Peer, all[1].State, all[1].Stub));
        Assert.Equal(("10.2.0.0/24", TimeSpan.FromSeconds(20), (string?)null), (all[2].Prefix, all[2].PollInterval, all[2].DesignatedRouter));
        Assert.Equal("A thing of tomorrow: 7", Assert.Single(all[2].OtherLines));
        Assert.Equal(("O6", "eth2", 3, "real"), (all[3].Protocol, all[3].Name, all[3].InstanceId, all[3].TypeOption));
        Assert.Equal(4, all.Length);
    }

    [Fact]
    public void Areas_with_networks_and_a_protocol_that_is_not_up()
    {
        const string Reply = """
            1014-DOWN: is not up
             O4:
             RFC1583 compatibility: enabled
             Stub router: Yes
             Number of areas: 2
             Number of LSAs in DB:	12
             	Area: 0.0.0.0 (0) [BACKBONE]
             		Transit:	Yes
             	Area: 0.0.0.5 (5) 
             		Stub:	No
             		NSSA:	Yes
             		NSSA translation:	Yes (run down)
             		Area networks:
             			10.5.0.0/16	Advertise	Active
             			10.6.0.0/16	Hidden	
             		Area external networks:
             			10.7.0.0/16	Hidden	Active
             		News:	1
            0000 
            """;
        var unknown = new List<string>();
        BirdOspfStatus status = Assert.Single(OspfStatusQueries.Parse(Lines(Reply), "s", unknown.Add));
        Assert.Empty(unknown);
        Assert.Equal(("O4", true, true, 2, 12), (status.Protocol, status.Rfc1583Compatibility, status.StubRouter, status.AreaCount, status.LsaCount));
        Assert.Equal(["0.0.0.0", "0.0.0.5"], status.Areas.Select(area => area.Id));
        Assert.True(status.Areas[0].Transit && !status.Areas[1].Transit);
        Assert.Equal((true, "Yes (run down)"), (status.Areas[1].Nssa, status.Areas[1].NssaTranslation));
        Assert.Equal([("10.5.0.0/16", false, true), ("10.6.0.0/16", true, false)], status.Areas[1].Networks.Select(one => (one.Prefix, one.Hidden, one.Active)));
        Assert.Equal([("10.7.0.0/16", true, true)], status.Areas[1].ExternalNetworks.Select(one => (one.Prefix, one.Hidden, one.Active)));
        Assert.Equal("News:\t1", Assert.Single(status.OtherLines));
    }

    [Fact]
    public void Babel_destinations_without_a_way_and_with_a_source()
    {
        const string Reply = """
            1025-MESH:
             Prefix                   Router ID               Metric Seqno  Routes Sources
             10.0.0.0/8               <none>                       -     -       0       1
             2001:db8::/32 from 2001:db8:1::/48 00:00:00:00:0a:09:00:02      0     3       2       1
            0000 
            """;
        BirdBabelEntry[] all = [.. BabelQueries.ParseEntries(Lines(Reply), "s", line => Assert.Fail(line))];
        Assert.Equal(("10.0.0.0/8", null, null, null, 0, 1), (all[0].Prefix, all[0].RouterId, all[0].Metric, all[0].Sequence, all[0].Routes, all[0].Sources));
        Assert.Equal(("2001:db8::/32 from 2001:db8:1::/48", "00:00:00:00:0a:09:00:02", 0, 3, 2, 1), (all[1].Prefix, all[1].RouterId, all[1].Metric, all[1].Sequence, all[1].Routes, all[1].Sources));
    }

    [Fact]
    public void A_cache_that_answers()
    {
        const string Reply = """
            1002-RPKI1      RPKI       ---        up     18:34:40.730  Established
            1006-  Cache server:     rpki.example.net
               Status:           Established
               Transport:        TCP-MD5
               Protocol version: 2
               Session ID:       4711
               Serial number:    4294967295
               Last update:      before 12.500 s
               Refresh timer   : 3587.500/3600
               Retry timer     : ---
               Expire timer    : 7187.500/7200
               No roa6 channel
            0000 
            """;
        var parser = new ProtocolParser(new BirdClock(DateTime.Now), "s", detail: true, line => Assert.Fail(line));
        foreach (BirdReplyLine line in Lines(Reply))
            parser.Feed(line);
        BirdRpkiCache cache = parser.Finish()!.RpkiCache!;
        Assert.Equal(("rpki.example.net", null, "Established", "TCP-MD5", 2, 4711, 4294967295u), (cache.Server, cache.Port, cache.State, cache.Transport, cache.ProtocolVersion, cache.SessionId, cache.SerialNumber));
        Assert.Equal((TimeSpan.FromSeconds(12.5), TimeSpan.FromHours(1), TimeSpan.FromSeconds(3587.5)), (cache.LastUpdateAge, cache.RefreshInterval, cache.RefreshRemaining));
        Assert.Equal((null, null, TimeSpan.FromHours(2)), (cache.RetryInterval, cache.RetryRemaining, cache.ExpireInterval));
    }

    private static List<BirdReplyLine> Lines(string reply)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(reply + "\n");
        using var reader = new ReplyReader(new PieceSource(bytes, [bytes.Length]));
        var lines = new List<BirdReplyLine>();
        while (reader.Read(out ReplyLine line) && !line.IsLast)
            lines.Add(new BirdReplyLine { Code = line.Code, Text = System.Text.Encoding.UTF8.GetString(line.Text), ControlSocket = "s" });
        return lines;
    }
}
