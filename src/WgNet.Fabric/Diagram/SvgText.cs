using System.Globalization;
using System.Text;

namespace WgNet.Fabric;

/// <summary>The picture as SVG. It is readable on light and dark paper, and its lines tell their state by their dashes too.</summary>
internal static class SvgText
{
    private const int MostSingle = 6;
    private const int MostStrands = 200;
    private const int MostThick = 100;
    private const int ManySites = 12;
    private const double Margin = 32;
    private const double Head = 76;
    private const double Foot = 48;

    private const string Style = """
        svg { color-scheme: light dark; font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
        .paper { fill: #ffffff; } .site { fill: #f6f8fa; stroke: #8c959f; stroke-width: 1.2; } .hub { stroke: #0969da; stroke-width: 2; }
        text { fill: #1f2328; } .title { font-size: 22px; font-weight: 600; } .name { font-size: 15px; font-weight: 600; }
        .small { font-size: 12px; fill: #59636e; } .prefix { font-size: 12px; font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #424a53; }
        .gateway { fill: #ddf4ff; stroke: #0969da; stroke-width: 1.2; } .nat { stroke-dasharray: 4 2.5; } .hidden { fill: #ffffff; } .label { font-size: 12px; text-anchor: middle; }
        .line { fill: none; stroke-width: 1.6; } .strand { stroke-width: 1.2; stroke-opacity: 0.8; } .thin { stroke-width: 1; stroke-opacity: 0.45; } .strand.stale, .strand.down, .thin.stale, .thin.down { stroke-width: 2.2; stroke-opacity: 1; }
        .unknown { stroke: #6e7781; } .active { stroke: #1a7f37; } .stale { stroke: #b35900; stroke-dasharray: 9 5; } .down { stroke: #cf222e; stroke-width: 2.2; stroke-dasharray: 1 5; stroke-linecap: round; }
        .line:hover { stroke-width: 4; stroke-opacity: 1; }
        @media (prefers-color-scheme: dark) {
        .paper { fill: #0d1117; } .site { fill: #161b22; stroke: #6e7681; } .hub { stroke: #4493f8; } text { fill: #e6edf3; } .small { fill: #9198a1; } .prefix { fill: #b7bdc8; }
        .gateway { fill: #10305f; stroke: #4493f8; } .hidden { fill: #0d1117; }
        .unknown { stroke: #9198a1; } .active { stroke: #3fb950; } .stale { stroke: #e09b3d; } .down { stroke: #f85149; }
        }
        """;

    public static string Of(DiagramModel model)
    {
        bool single = model.Sites.Count <= MostSingle && !model.Sites.Any(model.IsHub);
        DiagramBox[] boxes = Boxes(model, single);
        DiagramLine[] lines = [.. single && !boxes.Any(box => box.Together) ? DiagramLines.Single(model, boxes) : DiagramLines.Bundled(model, boxes, model.AllLinks.Count() <= MostStrands)];
        double left = boxes.Min(box => box.Rectangle.Left - (DiagramBox.PillHeight * 2)) - Margin, top = boxes.Min(box => box.Rectangle.Top - (DiagramBox.PillHeight / 2)) - Head;
        double right = boxes.Max(box => box.Rectangle.Left + box.Width + (DiagramBox.PillHeight * 2)) + Margin, bottom = boxes.Max(box => box.Rectangle.Top + box.Height + (DiagramBox.PillHeight / 2)) + Foot;

        // Room for the title and the legend, which few sites would not give.
        double width = Math.Max(right - left, 640), height = bottom - top;
        left = ((left + right) / 2) - (width / 2);
        var text = new StringBuilder();
        Append(text, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"{left:0.#} {top:0.#} {width:0.#} {height:0.#}\" role=\"img\">\n");
        Append(text, $"<title>{Escape(model.Fabric.Name)}: {Escape(model.Summary)}</title>\n<style>\n{Style}\n</style>\n");
        Append(text, $"<rect class=\"paper\" x=\"{left:0.#}\" y=\"{top:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>\n");
        Append(text, $"<text class=\"title\" x=\"{left + Margin:0.#}\" y=\"{top + 34:0.#}\">{Escape(model.Fabric.Name)}</text>\n");
        Append(text, $"<text class=\"small\" x=\"{left + Margin:0.#}\" y=\"{top + 54:0.#}\">{Escape(model.Summary)}</text>\n");

        // What is wrong lies above what is well.
        string weight = single ? "" : model.Bundles.Count > MostThick ? " thin" : " strand";
        foreach (DiagramLine line in lines.OrderBy(line => line.State))
            Line(text, model, line, weight);
        foreach (DiagramBox box in boxes)
            Box(text, model, box);
        SvgLegend.Write(text, model, new DiagramPoint(left + Margin, top + height - 18));
        return text.Append("</svg>\n").ToString();
    }

    public static void Append(StringBuilder text, FormattableString what) => text.Append(what.ToString(CultureInfo.InvariantCulture));

    /// <summary>A text as XML takes it.</summary>
    public static string Escape(string text) => System.Security.SecurityElement.Escape(Plain(text))!;

    /// <summary>A text on one line, of characters that XML knows.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c >= '\uFFFE' ? '?' : c));

    private static string Escape(IEnumerable<string> lines) => string.Join('\n', lines.Select(Escape));

    // The gateways are at the side towards the middle, where their tunnels go.
    private static DiagramBox[] Boxes(DiagramModel model, bool single)
    {
        int lines = model.Sites.Count <= ManySites ? 3 : 2;
        DiagramPoint[] places = DiagramLayout.Place(model, site => Size(DiagramBox.Of(site, DiagramSide.Bottom, lines)), single ? 64 : 26);
        return [.. model.Sites.Select((site, index) => DiagramBox.Of(site, single ? Inward(places[index]) : DiagramSide.Bottom, lines, places[index]))];
    }

    private static DiagramPoint Size(DiagramBox box) => new(box.Width + DiagramBox.PillHeight, box.Height + DiagramBox.PillHeight);

    private static DiagramSide Inward(DiagramPoint place) => Math.Abs(place.X) > 2.2 * Math.Abs(place.Y)
        ? (place.X < 0 ? DiagramSide.Right : DiagramSide.Left)
        : (place.Y <= 0 ? DiagramSide.Bottom : DiagramSide.Top);

    private static void Line(StringBuilder text, DiagramModel model, DiagramLine line, string weight)
    {
        string title = Escape(line.Links.Select(link =>
            $"{link.One.Name} {model.Fabric.InterfaceTo(link.Other)} to {link.Other.Name} {model.Fabric.InterfaceTo(link.One)}{(link.State == LinkState.Unknown ? "" : $": {SvgLegend.Word(link.State)}")}"));
        Append(text, $"<path class=\"line{weight} {SvgLegend.Class(line.State)}\" d=\"{line.Path}\"><title>{title}</title></path>\n");
    }

    private static void Box(StringBuilder text, DiagramModel model, DiagramBox box)
    {
        DiagramRectangle place = box.Rectangle;
        Append(text, $"<g><title>{Escape($"{box.Site.Name}, {box.ASText}: {string.Join(", ", box.Site.Prefixes)}")}</title>\n");
        Append(text, $"<rect class=\"site{(model.IsHub(box.Site) ? " hub" : "")}\" x=\"{place.Left:0.#}\" y=\"{place.Top:0.#}\" width=\"{place.Width:0.#}\" height=\"{place.Height:0.#}\" rx=\"8\"/>\n");
        double right = place.Left + place.Width - DiagramBox.Padding - (box.TextLeft - place.Left - DiagramBox.Padding > 0 || box.Side != DiagramSide.Right ? 0 : box.Pills().First().Place.Width / 2);
        double y = box.TextTop + 22;
        Append(text, $"<text class=\"name\" x=\"{box.TextLeft:0.#}\" y=\"{y:0.#}\">{Escape(box.Site.Name)}</text>\n");
        Append(text, $"<text class=\"small\" x=\"{right:0.#}\" y=\"{y:0.#}\" text-anchor=\"end\">{box.ASText}</text>\n");
        foreach (string line in box.Lines)
            Append(text, $"<text class=\"prefix\" x=\"{box.TextLeft:0.#}\" y=\"{y += DiagramBox.LineHeight + 2:0.#}\">{Escape(line)}</text>\n");
        text.Append("</g>\n");
        foreach (DiagramPill pill in box.Pills())
            Pill(text, box, pill);
    }

    private static void Pill(StringBuilder text, DiagramBox box, DiagramPill pill)
    {
        WgFabricGateway[] gateways = box.Together ? box.Gateways : [pill.Gateway];
        string marks = box.Together ? "" : (pill.Gateway.BehindNat ? " nat" : "") + (pill.Gateway.Endpoint is null ? " hidden" : "");
        string title = Escape(gateways.Select(gateway => $"{gateway.Name}: {gateway.Endpoint ?? "no endpoint"}{(gateway.BehindNat ? ", behind NAT" : "")}"));
        Append(text, $"<g><title>{title}</title><rect class=\"gateway{marks}\" x=\"{pill.Place.Left:0.#}\" y=\"{pill.Place.Top:0.#}\" width=\"{pill.Place.Width:0.#}\" height=\"{pill.Place.Height:0.#}\" rx=\"12\"/>");
        Append(text, $"<text class=\"label\" x=\"{pill.Place.Centre.X:0.#}\" y=\"{pill.Place.Centre.Y + 4:0.#}\">{Escape(box.Together ? box.Named : pill.Gateway.Name)}</text></g>\n");
    }
}
