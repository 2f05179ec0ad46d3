using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

/// <summary>The article's fabric against what the article's own script computes for its lab, written down.</summary>
public class ArticleTests
{
    // Gateway, interface, port, other gateway, endpoint, own and far address of both families, AS numbers, the other's public key.
    private const string Table = """
        V1-1 wg3 5803 V2-1 [2001:db8:2::1]:5801 2001:db8:ff::/127 2001:db8:ff::1 169.254.1.0/31 169.254.1.1 65001 65002 Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=
        V1-1 wg4 5804 V2-2 [2001:db8:2::2]:5801 2001:db8:ff::2/127 2001:db8:ff::3 169.254.1.2/31 169.254.1.3 65001 65002 gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=
        V1-1 wg5 5805 V3-1 [2001:db8:3::1]:5801 2001:db8:ff::4/127 2001:db8:ff::5 169.254.1.4/31 169.254.1.5 65001 65003 trTzZeGwfSJaCDr7pM39VLeZCBqoxCrRJYuslIkEJDw=
        V1-1 wg6 5806 V3-2 [2001:db8:3::2]:5801 2001:db8:ff::6/127 2001:db8:ff::7 169.254.1.6/31 169.254.1.7 65001 65003 1p4DBrC/tgA3UEx55fQYzJITOEwBNQzKu6jrlNVzUQU=
        V1-2 wg3 5803 V2-1 [2001:db8:2::1]:5802 2001:db8:ff::8/127 2001:db8:ff::9 169.254.1.8/31 169.254.1.9 65001 65002 Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=
        V1-2 wg4 5804 V2-2 [2001:db8:2::2]:5802 2001:db8:ff::a/127 2001:db8:ff::b 169.254.1.10/31 169.254.1.11 65001 65002 gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=
        V1-2 wg5 5805 V3-1 [2001:db8:3::1]:5802 2001:db8:ff::c/127 2001:db8:ff::d 169.254.1.12/31 169.254.1.13 65001 65003 trTzZeGwfSJaCDr7pM39VLeZCBqoxCrRJYuslIkEJDw=
        V1-2 wg6 5806 V3-2 [2001:db8:3::2]:5802 2001:db8:ff::e/127 2001:db8:ff::f 169.254.1.14/31 169.254.1.15 65001 65003 1p4DBrC/tgA3UEx55fQYzJITOEwBNQzKu6jrlNVzUQU=
        V2-1 wg1 5801 V1-1 [2001:db8:1::1]:5803 2001:db8:ff::1/127 2001:db8:ff:: 169.254.1.1/31 169.254.1.0 65002 65001 apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=
        V2-1 wg2 5802 V1-2 [2001:db8:1::2]:5803 2001:db8:ff::9/127 2001:db8:ff::8 169.254.1.9/31 169.254.1.8 65002 65001 NQP4t9BsJML1roXrvN3+0+Z5xHCn/e8yQIJjXFq7Zx4=
        V2-1 wg5 5805 V3-1 [2001:db8:3::1]:5803 2001:db8:ff::10/127 2001:db8:ff::11 169.254.1.16/31 169.254.1.17 65002 65003 trTzZeGwfSJaCDr7pM39VLeZCBqoxCrRJYuslIkEJDw=
        V2-1 wg6 5806 V3-2 [2001:db8:3::2]:5803 2001:db8:ff::12/127 2001:db8:ff::13 169.254.1.18/31 169.254.1.19 65002 65003 1p4DBrC/tgA3UEx55fQYzJITOEwBNQzKu6jrlNVzUQU=
        V2-2 wg1 5801 V1-1 [2001:db8:1::1]:5804 2001:db8:ff::3/127 2001:db8:ff::2 169.254.1.3/31 169.254.1.2 65002 65001 apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=
        V2-2 wg2 5802 V1-2 [2001:db8:1::2]:5804 2001:db8:ff::b/127 2001:db8:ff::a 169.254.1.11/31 169.254.1.10 65002 65001 NQP4t9BsJML1roXrvN3+0+Z5xHCn/e8yQIJjXFq7Zx4=
        V2-2 wg5 5805 V3-1 [2001:db8:3::1]:5804 2001:db8:ff::14/127 2001:db8:ff::15 169.254.1.20/31 169.254.1.21 65002 65003 trTzZeGwfSJaCDr7pM39VLeZCBqoxCrRJYuslIkEJDw=
        V2-2 wg6 5806 V3-2 [2001:db8:3::2]:5804 2001:db8:ff::16/127 2001:db8:ff::17 169.254.1.22/31 169.254.1.23 65002 65003 1p4DBrC/tgA3UEx55fQYzJITOEwBNQzKu6jrlNVzUQU=
        V3-1 wg1 5801 V1-1 [2001:db8:1::1]:5805 2001:db8:ff::5/127 2001:db8:ff::4 169.254.1.5/31 169.254.1.4 65003 65001 apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=
        V3-1 wg2 5802 V1-2 [2001:db8:1::2]:5805 2001:db8:ff::d/127 2001:db8:ff::c 169.254.1.13/31 169.254.1.12 65003 65001 NQP4t9BsJML1roXrvN3+0+Z5xHCn/e8yQIJjXFq7Zx4=
        V3-1 wg3 5803 V2-1 [2001:db8:2::1]:5805 2001:db8:ff::11/127 2001:db8:ff::10 169.254.1.17/31 169.254.1.16 65003 65002 Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=
        V3-1 wg4 5804 V2-2 [2001:db8:2::2]:5805 2001:db8:ff::15/127 2001:db8:ff::14 169.254.1.21/31 169.254.1.20 65003 65002 gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=
        V3-2 wg1 5801 V1-1 [2001:db8:1::1]:5806 2001:db8:ff::7/127 2001:db8:ff::6 169.254.1.7/31 169.254.1.6 65003 65001 apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=
        V3-2 wg2 5802 V1-2 [2001:db8:1::2]:5806 2001:db8:ff::f/127 2001:db8:ff::e 169.254.1.15/31 169.254.1.14 65003 65001 NQP4t9BsJML1roXrvN3+0+Z5xHCn/e8yQIJjXFq7Zx4=
        V3-2 wg3 5803 V2-1 [2001:db8:2::1]:5806 2001:db8:ff::13/127 2001:db8:ff::12 169.254.1.19/31 169.254.1.18 65003 65002 Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=
        V3-2 wg4 5804 V2-2 [2001:db8:2::2]:5806 2001:db8:ff::17/127 2001:db8:ff::16 169.254.1.23/31 169.254.1.22 65003 65002 gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=
        """;

    private static readonly WgFabric s_fabric = FabricFile.ReadJson(Fixture.Text("Fabric/article.json")).Fabric!;

    [Fact]
    public void EveryTunnelEndIsWhatTheArticlesLabHas()
    {
        IEnumerable<string> ends = s_fabric.Gateways.SelectMany(gateway => FabricTunnels.Of(s_fabric, gateway)).Select(end => string.Join(' ',
            end.Gateway, end.Name, end.ListenPort, end.PeerGateway, end.Endpoint, end.Address[0], end.PeerAddress[0], end.Address[1], end.PeerAddress[1],
            end.LocalAS, end.PeerAS, end.PeerPublicKey));
        Assert.Equal(Table.Split('\n'), ends);
        Assert.Equal(24, Table.Split('\n').Length);
    }

    [Fact]
    public void TheRestIsTheArticlesToo()
    {
        WgFabricTunnel end = FabricTunnels.Of(s_fabric, s_fabric.Gateways.First()).First();
        Assert.Equal(("public", "private", null, 0, false), (end.TransportNamespace, end.Namespace, end.Mtu, end.PersistentKeepalive, end.PresharedKey));
        Assert.Equal(["IBGP_V2_1", "IBGP4_V2_1"], end.BirdProtocols);
        Assert.Equal("apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=", end.PublicKey!.Text);
        Assert.Equal(["1.0.1.1", "1.0.1.2", "1.0.2.1", "1.0.2.2", "1.0.3.1", "1.0.3.2"], s_fabric.Gateways.Select(gateway => gateway.RouterId));
        Assert.Equal((TimeSpan.FromSeconds(6), 160), (s_fabric.Routing.HoldTime, s_fabric.Routing.Preference));
    }
}
