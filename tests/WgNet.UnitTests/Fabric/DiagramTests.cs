using System.Globalization;
using System.Xml.Linq;
using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

/// <summary>The picture: well-formed, complete, the same each time. How it looks is for eyes.</summary>
public class DiagramTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";
    private static readonly WgFabric s_article = FabricFile.ReadJson(Fixture.Text("Fabric/article.json")).Fabric!;

    [Theory]
    [InlineData(1, "FullMesh")]
    [InlineData(2, "FullMesh")]
    [InlineData(3, "FullMesh")]
    [InlineData(7, "FullMesh")]
    [InlineData(30, "FullMesh")]
    [InlineData(12, "HubAndSpoke")]
    public void EverythingIsInIt(int count, string topology)
    {
        WgFabric fabric = Many(count, topology);
        XElement svg = XDocument.Parse(FabricDiagram.Svg(fabric, new LinkStates(fabric))).Root!;
        string[] texts = [.. svg.Descendants(s_svg + "text").Select(text => text.Value)];
        Assert.All(fabric.Sites, site => Assert.Contains(site.Name, texts));
        Assert.All(fabric.Sites, site => Assert.Contains($"AS {site.ASNumber}", texts));
        Assert.All(fabric.Sites, site => Assert.All(site.Prefixes, prefix => Assert.Contains(prefix, texts)));
        Assert.All(fabric.Gateways, gateway => Assert.Contains(gateway.Name, texts));
        string[] lines = [.. svg.Elements(s_svg + "path").Elements(s_svg + "title").SelectMany(title => title.Value.Split('\n'))];
        IEnumerable<string> tunnels = fabric.Gateways.SelectMany(one => FabricTunnels.Of(fabric, one)).Where(end => end.ListenPort - 5800 > Number(fabric, end.Gateway))
            .Select(end => $"{end.Gateway} {end.Name} to {end.PeerGateway} wg{Number(fabric, end.Gateway)}");
        Assert.Equal(tunnels.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(3, "FullMesh")]
    [InlineData(10, "FullMesh")]
    [InlineData(30, "FullMesh")]
    [InlineData(13, "HubAndSpoke")]
    public void NoTwoBoxesOverlapAndAllAreOnThePaper(int count, string topology)
    {
        WgFabric fabric = Many(count, topology);
        XElement svg = XDocument.Parse(FabricDiagram.Svg(fabric, new LinkStates(fabric))).Root!;
        double[][] boxes = [.. svg.Descendants(s_svg + "rect").Where(rect => rect.Attribute("class")!.Value.StartsWith("site", StringComparison.Ordinal)).Select(Rectangle)];
        double[] paper = Rectangle(svg.Elements(s_svg + "rect").First());
        Assert.Equal(count, boxes.Length);
        for (int i = 0; i < boxes.Length; i++)
        {
            Assert.True(boxes[i][0] >= paper[0] && boxes[i][1] >= paper[1] && boxes[i][2] <= paper[2] && boxes[i][3] <= paper[3]);
            for (int j = 0; j < i; j++)
                Assert.True(boxes[i][2] < boxes[j][0] || boxes[j][2] < boxes[i][0] || boxes[i][3] < boxes[j][1] || boxes[j][3] < boxes[i][1], $"{i} and {j}");
        }
    }

    [Fact]
    public void ItIsTheSameEachTimeAndInWhicheverOrderTheFileIs()
    {
        string first = FabricDiagram.Svg(s_article, new LinkStates(s_article));
        WgFabric turned = new() { Name = "article", Sites = [.. s_article.Sites.Reverse()] };
        Assert.Equal(first, FabricDiagram.Svg(turned, new LinkStates(turned)));
        Assert.Equal(FabricDiagram.Mermaid(s_article, new LinkStates(s_article)), FabricDiagram.Mermaid(turned, new LinkStates(turned)));
    }

    [Fact]
    public void NamesNeverBecomeMarkup()
    {
        const string Evil = "<a b=\"c\">&\n";
        var gateway = new WgFabricGateway { Name = Evil, Site = Evil, Number = 1, ASNumber = 65001, RouterId = "1.0.1.1" };
        var fabric = new WgFabric { Name = Evil, Sites = [new() { Name = Evil, Number = 1, ASNumber = 65001, Prefixes = [Evil], Gateways = [gateway] }] };
        string svg = FabricDiagram.Svg(fabric, new LinkStates(fabric)), mermaid = FabricDiagram.Mermaid(fabric, new LinkStates(fabric));
        Assert.Equal("<a b=\"c\">&?", XDocument.Parse(svg).Descendants(s_svg + "text").First().Value);
        Assert.DoesNotContain("<a", svg + mermaid, StringComparison.Ordinal);
        Assert.Equal(9, mermaid.Split('\n').Length);
    }

    [Fact]
    public void TunnelsShowTheWorseOfTheirEnds()
    {
        var states = new LinkStates(s_article);
        WgFabricGateway[] gateways = [.. s_article.Gateways];

        // By keys, wherever it is; by the namespace's name and the interface's; down as a whole; of somebody else.
        Assert.True(states.Add(Tunnel(gateways[0], "anywhere", NetLinkState.Up, gateways[2], 10)));
        Assert.True(states.Add(new WgPeer { Tunnel = "wg1", Namespace = "lab-V2-1.private", PublicKey = gateways[0].PublicKey!, HandshakeAge = TimeSpan.FromSeconds(300) }));
        Assert.True(states.Add(Tunnel(gateways[1], "anywhere", NetLinkState.Down, gateways[2], 10)));
        Assert.True(states.Add(Tunnel(gateways[4], "anywhere", NetLinkState.Up, gateways[0], 10)));
        Assert.False(states.Add(new WgPeer { Tunnel = "wg0", Namespace = "other", PublicKey = WgPublicKey.Parse(new string('A', 43) + "=") }));
        Assert.Equal(
            [LinkState.Stale, LinkState.Down, LinkState.Active, LinkState.Unknown],
            new[] { (0, 2), (1, 2), (0, 4), (3, 5) }.Select(pair => states.Of(gateways[pair.Item2], gateways[pair.Item1])));
        string svg = FabricDiagram.Svg(s_article, states);
        Assert.Contains("<title>V1-1 wg3 to V2-1 wg1: stale: no handshake for 3 minutes</title>", svg, StringComparison.Ordinal);
        Assert.Contains("class=\"line down\"", svg, StringComparison.Ordinal);
        Assert.Contains("linkStyle 0 stroke:#b35900", FabricDiagram.Mermaid(s_article, states), StringComparison.Ordinal);
    }

    [Fact]
    public void MermaidHasEveryGatewayAndTunnel()
    {
        string text = FabricDiagram.Mermaid(s_article, new LinkStates(s_article));
        Assert.Equal(12, text.Split('\n').Count(line => line.Contains(" --- ", StringComparison.Ordinal)));
        Assert.Contains("subgraph s1[\"site1 · AS 65001<br/>2001:db8:a1::/64<br/>10.0.1.0/24\"]", text, StringComparison.Ordinal);
        Assert.All(s_article.Gateways, gateway => Assert.Contains($"g{gateway.Number}([\"{gateway.Name}\"])", text, StringComparison.Ordinal));
        WgFabric many = Many(12, "FullMesh");
        Assert.Equal(66, FabricDiagram.Mermaid(many, new LinkStates(many)).Split('\n').Count(line => line.Contains("---|\"4 tunnels\"| ", StringComparison.Ordinal)));
    }

    private static WgTunnel Tunnel(WgFabricGateway own, string ns, NetLinkState state, WgFabricGateway peer, int seconds) => new()
    {
        Name = $"wg{peer.Number}",
        Namespace = ns,
        PublicKey = own.PublicKey,
        State = state,
        Peers = [new WgPeer { Tunnel = $"wg{peer.Number}", Namespace = ns, PublicKey = peer.PublicKey!, HandshakeAge = TimeSpan.FromSeconds(seconds) }],
    };

    private static int Number(WgFabric fabric, string gateway) => fabric.Gateways.Single(one => one.Name == gateway).Number;

    private static double[] Rectangle(XElement rect)
    {
        double Value(string name) => double.Parse(rect.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        return [Value("x"), Value("y"), Value("x") + Value("width"), Value("y") + Value("height")];
    }

    private static WgFabric Many(int count, string topology)
    {
        string sites = string.Join(",", Enumerable.Range(1, count).Select(a =>
            $$"""{ "Name": "site{{a}}", "Prefixes": ["2001:db8:a{{a}}::/64", "10.0.{{a}}.0/24"], "Gateways": [{ "Name": "V{{a}}-1", "Endpoint": "a{{a}}" }, { "Name": "V{{a}}-2", "Endpoint": "b{{a}}" }] }"""));
        string joins = topology == "FullMesh" ? "\"FullMesh\"" : """{ "Hubs": ["site1", "site2"] }""";
        FabricFileResult result = FabricFile.ReadJson($$"""{ "Name": "many", "Joins": {{joins}}, "Sites": [{{sites}}] }""");
        Assert.Empty(result.Problems);
        return result.Fabric!;
    }
}
