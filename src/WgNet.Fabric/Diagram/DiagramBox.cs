namespace WgNet.Fabric;

/// <summary>The side of a box that its gateways are at: the one towards the middle of the picture.</summary>
internal enum DiagramSide
{
    Bottom,
    Top,
    Right,
    Left,
}

/// <summary>A gateway's place on the border of its site's box.</summary>
internal sealed record DiagramPill(WgFabricGateway Gateway, DiagramRectangle Place, DiagramSide Side)
{
    /// <summary>Where lines leave it, so far from the middle of its outer edge.</summary>
    public DiagramPoint Port(double along) => Side switch
    {
        DiagramSide.Bottom => Place.Centre + new DiagramPoint(along, Place.Height / 2),
        DiagramSide.Top => Place.Centre + new DiagramPoint(along, -Place.Height / 2),
        DiagramSide.Right => Place.Centre + new DiagramPoint(Place.Width / 2, along),
        _ => Place.Centre + new DiagramPoint(-Place.Width / 2, along),
    };

    /// <summary>The direction in which they leave.</summary>
    public DiagramPoint Outward => Side switch
    {
        DiagramSide.Bottom => new(0, 1),
        DiagramSide.Top => new(0, -1),
        DiagramSide.Right => new(1, 0),
        _ => new(-1, 0),
    };

    public bool IsRow => Side is DiagramSide.Bottom or DiagramSide.Top;

    /// <summary>The length of the outer edge.</summary>
    public double Edge => IsRow ? Place.Width : Place.Height;
}

/// <summary>A site's box: its name, AS number and prefixes, and its gateways on the border.</summary>
internal sealed class DiagramBox
{
    public const double Padding = 14;
    public const double LineHeight = 16;
    public const double PillHeight = 24;
    private const double HeadHeight = 34;
    private const double PillGap = 8;
    private const double WidestRow = 260;

    private DiagramBox(WgFabricSite site, DiagramSide side, int lines)
    {
        Site = site;
        Side = side;
        Lines = site.Prefixes.Length <= lines ? site.Prefixes : [.. site.Prefixes.Take(lines - 1), $"and {site.Prefixes.Length - lines + 1} more"];
        Gateways = [.. site.Gateways.OrderBy(gateway => gateway.Number)];
        PillWidth = Gateways.Length == 0 ? 0 : Gateways.Max(gateway => TextWidth.Of(gateway.Name, 12)) + 18;
        Together = IsRow && RowWidth > WidestRow;
        if (Together)
            PillWidth = TextWidth.Of(Named, 12) + 18;
        double text = Math.Max(TextWidth.Of(site.Name, 15, bold: true) + 14 + TextWidth.Of(ASText, 12), Lines.Select(line => TextWidth.Of(line, 12, mono: true)).DefaultIfEmpty(0).Max());
        double column = IsRow ? 0 : PillWidth / 2;
        Width = Math.Max(text + (2 * Padding) + column, IsRow ? RowWidth + (2 * Padding) : 0);
        double body = HeadHeight + (Lines.Length * LineHeight) + 4;
        Height = IsRow ? body + (PillHeight / 2) + 2 : Math.Max(body, (Gateways.Length * (PillHeight + PillGap)) + PillGap);
    }

    public WgFabricSite Site { get; }

    public DiagramSide Side { get; }

    /// <summary>The prefixes as they are shown.</summary>
    public string[] Lines { get; }

    public double Width { get; }

    public double Height { get; }

    public DiagramPoint Centre { get; private init; }

    public string ASText => FormattableString.Invariant($"AS {Site.ASNumber}");

    /// <summary>The gateways are too many to be shown one by one.</summary>
    public bool Together { get; }

    /// <summary>What stands for gateways that are shown together.</summary>
    public string Named => DiagramModel.Count(Gateways.Length, "gateway");

    public WgFabricGateway[] Gateways { get; }

    public DiagramRectangle Rectangle => new(Centre, Width, Height);

    private bool IsRow => Side is DiagramSide.Bottom or DiagramSide.Top;

    private double PillWidth { get; }

    private double RowWidth => (Gateways.Length * (PillWidth + PillGap)) - PillGap;

    /// <summary>A box at a place.</summary>
    /// <param name="site">What is in it.</param>
    /// <param name="side">Where its gateways are.</param>
    /// <param name="lines">How many prefixes it shows at most.</param>
    /// <param name="centre">Its place.</param>
    public static DiagramBox Of(WgFabricSite site, DiagramSide side, int lines, DiagramPoint centre = default) => new(site, side, lines) { Centre = centre };

    /// <summary>The x at which its text begins: column pills stand on the border.</summary>
    public double TextLeft => Rectangle.Left + Padding + (Side == DiagramSide.Left ? PillWidth / 2 : 0);

    /// <summary>The y at which its text begins: pills above stand on the border.</summary>
    public double TextTop => Rectangle.Top + (Side == DiagramSide.Top ? PillHeight / 2 : 0);

    /// <summary>The gateways' places; one for all where they are shown together.</summary>
    public IEnumerable<DiagramPill> Pills()
    {
        int count = Together ? 1 : Gateways.Length;
        for (int i = 0; i < count; i++)
        {
            double along = (i - ((count - 1) / 2.0)) * ((IsRow ? PillWidth : PillHeight) + PillGap);
            DiagramPoint offset = Side switch
            {
                DiagramSide.Bottom => new(along, Height / 2),
                DiagramSide.Top => new(along, -Height / 2),
                DiagramSide.Right => new(Width / 2, along),
                _ => new(-Width / 2, along),
            };
            yield return new DiagramPill(Gateways[i], new DiagramRectangle(Centre + offset, PillWidth, PillHeight), Side);
        }
    }
}

/// <summary>How wide a text is about, in the usual sans serif fonts: a picture is written without one at hand.</summary>
internal static class TextWidth
{
    public static double Of(string text, double size, bool bold = false, bool mono = false) =>
        size * (bold ? 1.06 : 1) * text.Sum(c => mono ? 0.61 : c is 'i' or 'l' or '.' or ',' or ':' or '-' or ' ' or '/' ? 0.36 : c is 'm' or 'w' or 'M' or 'W' ? 0.9 : char.IsAsciiLetterUpper(c) ? 0.72 : 0.62);
}
