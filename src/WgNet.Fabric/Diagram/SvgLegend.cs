using System.Text;

namespace WgNet.Fabric;

/// <summary>What the lines and outlines of the picture mean: only what is in it.</summary>
internal static class SvgLegend
{
    public static string Class(LinkState state) => state switch
    {
        LinkState.Active => "active",
        LinkState.Stale => "stale",
        LinkState.Down => "down",
        _ => "unknown",
    };

    /// <summary>A state as it is told.</summary>
    public static string Word(LinkState state) => state switch
    {
        LinkState.Active => "active",
        LinkState.Stale => "stale: no handshake for 3 minutes",
        LinkState.Down => "down, or never a handshake",
        _ => "not known",
    };

    public static void Write(StringBuilder text, DiagramModel model, DiagramPoint at)
    {
        double x = at.X;
        if (model.HasStates)
        {
            foreach (LinkState state in model.AllLinks.Select(link => link.State).Distinct().Order())
            {
                SvgText.Append(text, $"<path class=\"line {Class(state)}\" d=\"M{x:0.#},{at.Y - 4:0.#} h34\"/>");
                x = Label(text, x + 42, at.Y, Word(state));
            }
        }

        if (model.Sites.Any(site => site.Gateways.Any(gateway => gateway.BehindNat)))
            x = Outline(text, x, at.Y, "nat", "behind NAT");
        if (model.Sites.Any(site => site.Gateways.Any(gateway => gateway.Endpoint is null)))
            Outline(text, x, at.Y, "hidden", "no endpoint");
    }

    private static double Outline(StringBuilder text, double x, double y, string mark, string label)
    {
        SvgText.Append(text, $"<rect class=\"gateway {mark}\" x=\"{x:0.#}\" y=\"{y - 11:0.#}\" width=\"28\" height=\"14\" rx=\"7\"/>");
        return Label(text, x + 36, y, label);
    }

    private static double Label(StringBuilder text, double x, double y, string label)
    {
        SvgText.Append(text, $"<text class=\"small\" x=\"{x:0.#}\" y=\"{y:0.#}\">{SvgText.Escape(label)}</text>\n");
        return x + TextWidth.Of(label, 12) + 22;
    }
}
