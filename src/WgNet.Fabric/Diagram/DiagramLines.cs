using System.Globalization;

namespace WgNet.Fabric;

/// <summary>A line of the picture, as SVG's path data.</summary>
internal sealed record DiagramLine(string Path, LinkState State, IReadOnlyList<DiagramLink> Links);

/// <summary>Draws the tunnels as curves: each from gateway to gateway where there are few sites, else bundled by pairs of sites.</summary>
internal static class DiagramLines
{
    private const double StrandGap = 3.2;

    /// <summary>Each tunnel from gateway to gateway. Where they leave a gateway they are spread, in the order of their other ends.</summary>
    public static IEnumerable<DiagramLine> Single(DiagramModel model, IReadOnlyList<DiagramBox> boxes)
    {
        Dictionary<string, DiagramPill> pills = boxes.SelectMany(box => box.Pills()).ToDictionary(pill => pill.Gateway.Name);
        var ports = new Dictionary<(string, string), DiagramPoint>();
        foreach (DiagramPill pill in pills.Values)
        {
            string name = pill.Gateway.Name;
            DiagramPill[] others =
            [
                .. model.AllLinks.Where(link => link.One.Name == name || link.Other.Name == name)
                    .Select(link => pills[link.One.Name == name ? link.Other.Name : link.One.Name])
                    .OrderBy(other => pill.IsRow ? other.Place.Centre.X : other.Place.Centre.Y)
                    .ThenBy(other => other.Gateway.Number),
            ];
            double step = Math.Min(12, pill.Edge * 0.8 / Math.Max(1, others.Length));
            for (int i = 0; i < others.Length; i++)
                ports[(name, others[i].Gateway.Name)] = pill.Port((i - ((others.Length - 1) / 2.0)) * step);
        }

        foreach (DiagramLink link in model.AllLinks)
        {
            DiagramPoint from = ports[(link.One.Name, link.Other.Name)], to = ports[(link.Other.Name, link.One.Name)];

            // Between two at the same side an arch needs less height than an S needs length, and keeps below the others.
            bool arch = pills[link.One.Name].Side == pills[link.Other.Name].Side;
            double reach = Math.Clamp((to - from).Length * (arch ? 0.2 : 0.42), 40, arch ? 120 : 220);
            DiagramPoint first = from + (pills[link.One.Name].Outward * reach), second = to + (pills[link.Other.Name].Outward * reach);
            yield return new DiagramLine($"M{Point(from)} C{Point(first)} {Point(second)} {Point(to)}", link.State, [link]);
        }
    }

    /// <summary>The tunnels of two sites side by side, or as one line.</summary>
    public static IEnumerable<DiagramLine> Bundled(DiagramModel model, IReadOnlyList<DiagramBox> boxes, bool strands)
    {
        Dictionary<string, DiagramBox> places = boxes.ToDictionary(box => box.Site.Name);
        foreach (DiagramBundle bundle in model.Bundles)
        {
            DiagramBox one = places[bundle.One.Name], other = places[bundle.Other.Name];
            DiagramPoint from = one.Centre, to = other.Centre, bend = Bend(model, boxes, one, other);
            DiagramPoint across = Across(from, to);
            int count = strands ? bundle.Links.Count : 1;
            for (int i = 0; i < count; i++)
            {
                DiagramPoint aside = across * ((i - ((count - 1) / 2.0)) * StrandGap);
                yield return new DiagramLine(
                    $"M{Point(from + aside)} Q{Point(bend + aside)} {Point(to + aside)}",
                    strands ? bundle.Links[i].State : bundle.State,
                    strands ? [bundle.Links[i]] : bundle.Links);
            }
        }
    }

    // Lines between sites on the ring lean towards the middle, so that they keep away from those between; hubs are reached straight. Where a
    // third box would be in the way, the line goes around it.
    private static DiagramPoint Bend(DiagramModel model, IReadOnlyList<DiagramBox> boxes, DiagramBox one, DiagramBox other)
    {
        DiagramPoint middle = (one.Centre + other.Centre) * 0.5, across = Across(one.Centre, other.Centre) * (other.Centre - one.Centre).Length;
        DiagramPoint lean = model.IsHub(one.Site) || model.IsHub(other.Site) ? middle : middle * 0.4;
        foreach (double aside in (ReadOnlySpan<double>)[0, 0.12, -0.12, 0.24, -0.24, 0.4, -0.4, 0.6, -0.6])
        {
            DiagramPoint bend = lean + (across * aside);
            if (!boxes.Any(box => box != one && box != other && Crosses(box.Rectangle with { Height = box.Height + DiagramBox.PillHeight }, one.Centre, bend, other.Centre)))
                return bend;
        }

        return lean;
    }

    private static bool Crosses(DiagramRectangle box, DiagramPoint from, DiagramPoint bend, DiagramPoint to)
    {
        const int Samples = 40;
        for (int i = 1; i < Samples; i++)
        {
            double t = (double)i / Samples, u = 1 - t;
            if (box.Contains((from * (u * u)) + (bend * (2 * u * t)) + (to * (t * t))))
                return true;
        }

        return false;
    }

    private static DiagramPoint Across(DiagramPoint from, DiagramPoint to)
    {
        DiagramPoint along = to - from;
        return along.Length == 0 ? default : new DiagramPoint(-along.Y / along.Length, along.X / along.Length);
    }

    private static string Point(DiagramPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}");
}
