using System.Globalization;
using System.Text;

namespace WgNet.Fabric;

/// <summary>The picture as Mermaid text, which many Markdown viewers draw. Names of nodes are numbers; what the file says stands in quotes.</summary>
internal static class MermaidText
{
    /// <summary>Up to so many tunnels are drawn one by one; more, as one line between two sites.</summary>
    private const int MostLinks = 60;

    public static string Of(DiagramModel model)
    {
        var text = new StringBuilder();
        Append(text, $"---\ntitle: \"{Escape(model.Fabric.Name)}\"\n---\n%% {model.Summary}\nflowchart LR\n");
        bool single = model.AllLinks.Count() <= MostLinks;
        foreach (WgFabricSite site in model.Sites)
        {
            string label = Escape($"{site.Name} · AS {site.ASNumber}") + string.Concat(site.Prefixes.Select(prefix => "<br/>" + Escape(prefix)));
            Append(text, $"  subgraph s{site.Number}[\"{label}\"]\n");
            foreach (WgFabricGateway gateway in site.Gateways.OrderBy(gateway => gateway.Number))
                Append(text, $"    g{gateway.Number}([\"{Escape(gateway.Name)}{(gateway.Endpoint is null ? "<br/>no endpoint" : gateway.BehindNat ? "<br/>NAT" : "")}\"])\n");
            text.Append("  end\n");
        }

        int line = 0;
        var styles = new StringBuilder();
        foreach (DiagramBundle bundle in model.Bundles)
        {
            if (single)
            {
                foreach (DiagramLink link in bundle.Links)
                    Line(text, styles, line++, $"g{link.One.Number}", $"g{link.Other.Number}", "", link.State);
            }
            else
            {
                Line(text, styles, line++, $"s{bundle.One.Number}", $"s{bundle.Other.Number}", Described(bundle), bundle.State);
            }
        }

        return text.Append(styles).ToString();
    }

    private static string Described(DiagramBundle bundle)
    {
        int active = bundle.Links.Count(link => link.State == LinkState.Active);
        return bundle.State is LinkState.Unknown or LinkState.Active ? DiagramModel.Count(bundle.Links.Count, "tunnel") : $"{active} of {bundle.Links.Count} active";
    }

    private static void Line(StringBuilder text, StringBuilder styles, int index, string one, string other, string label, LinkState state)
    {
        string shown = label.Length == 0 ? "" : $"|\"{label}\"|";
        Append(text, $"  {one} {(state is LinkState.Stale or LinkState.Down ? "-.-" : "---")}{shown} {other}\n");
        string? colour = state switch
        {
            LinkState.Active => "#1a7f37",
            LinkState.Stale => "#b35900,stroke-dasharray:8 5",
            LinkState.Down => "#cf222e,stroke-dasharray:2 4",
            _ => null,
        };
        if (colour is not null)
            Append(styles, $"  linkStyle {index} stroke:{colour}\n");
    }

    private static void Append(StringBuilder text, FormattableString what) => text.Append(what.ToString(CultureInfo.InvariantCulture));

    private static string Escape(string text) => SvgText.Plain(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
