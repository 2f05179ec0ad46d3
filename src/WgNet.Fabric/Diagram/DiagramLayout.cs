namespace WgNet.Fabric;

internal readonly record struct DiagramPoint(double X, double Y)
{
    public static DiagramPoint operator +(DiagramPoint one, DiagramPoint other) => new(one.X + other.X, one.Y + other.Y);

    public static DiagramPoint operator -(DiagramPoint one, DiagramPoint other) => new(one.X - other.X, one.Y - other.Y);

    public static DiagramPoint operator *(DiagramPoint one, double factor) => new(one.X * factor, one.Y * factor);

    public double Length => Math.Sqrt((X * X) + (Y * Y));
}

/// <summary>A rectangle by its centre.</summary>
internal readonly record struct DiagramRectangle(DiagramPoint Centre, double Width, double Height)
{
    public double Left => Centre.X - (Width / 2);

    public double Top => Centre.Y - (Height / 2);

    /// <summary>Whether two come nearer to each other than a gap.</summary>
    public bool Near(DiagramRectangle other, double gap) =>
        Math.Abs(Centre.X - other.Centre.X) < ((Width + other.Width) / 2) + gap && Math.Abs(Centre.Y - other.Centre.Y) < ((Height + other.Height) / 2) + gap;

    public bool Contains(DiagramPoint point) => Math.Abs(point.X - Centre.X) <= Width / 2 && Math.Abs(point.Y - Centre.Y) <= Height / 2;
}

/// <summary>Places the sites: on an ellipse, the hubs in its middle; so wide that nothing overlaps.</summary>
internal static class DiagramLayout
{
    private const double Grow = 1.04;
    private const int Steps = 3600;

    /// <summary>The centres of the boxes, in the order of the sites; the ellipse's centre is 0, 0.</summary>
    /// <param name="model">The sites.</param>
    /// <param name="size">Width and height of a box.</param>
    /// <param name="gap">The least distance between two.</param>
    public static DiagramPoint[] Place(DiagramModel model, Func<WgFabricSite, DiagramPoint> size, double gap)
    {
        WgFabricSite[] hubs = [.. model.Sites.Where(model.IsHub)], ring = [.. model.Sites.Where(site => !model.IsHub(site))];
        if (ring.Length == 0)
            (hubs, ring) = ([], hubs);
        DiagramRectangle[] middle = Hubs(hubs, size, gap);
        for (double scale = ring.Length == 1 && hubs.Length == 0 ? 0 : Start(ring.Length); ; scale *= Grow)
        {
            // Wider than high, as screens and pages are, and as boxes are.
            DiagramRectangle[] outer = Ring(ring, size, 1.25 * scale, scale, gap);
            double inner = hubs.Length > 0 ? Math.Max(90, gap) : gap;
            bool free = !Overlap(outer, gap) && !outer.Any(one => middle.Any(other => one.Near(other, inner)));
            if (!free)
                continue;
            Dictionary<WgFabricSite, DiagramPoint> places = ring.Select((site, index) => (site, outer[index].Centre))
                .Concat(hubs.Select((site, index) => (site, middle[index].Centre))).ToDictionary(pair => pair.site, pair => pair.Centre);
            return [.. model.Sites.Select(site => places[site])];
        }
    }

    // Few sites need room in the middle for their tunnels.
    private static double Start(int count) => count <= 2 ? 170 : count <= 6 ? 210 : 200;

    private static DiagramRectangle[] Hubs(WgFabricSite[] hubs, Func<WgFabricSite, DiagramPoint> size, double gap)
    {
        if (hubs.Length == 1)
            return [new(default, size(hubs[0]).X, size(hubs[0]).Y)];
        if (hubs.Length == 0)
            return [];
        for (double scale = 60; ; scale *= Grow)
        {
            DiagramRectangle[] placed = Ring(hubs, size, 1.25 * scale, scale, gap);
            if (!Overlap(placed, gap))
                return placed;
        }
    }

    // Boxes are wide and low: at the sides of the ellipse more of them have room than above and below. Equal shares of that room.
    private static DiagramRectangle[] Ring(WgFabricSite[] sites, Func<WgFabricSite, DiagramPoint> size, double rx, double ry, double gap)
    {
        if (sites.Length == 0)
            return [];
        double width = sites.Max(site => size(site).X) + gap, height = sites.Max(site => size(site).Y) + gap;
        double[] room = new double[Steps + 1];
        bool few = sites.Length <= 6;
        for (int i = 0; i < Steps; i++)
        {
            double angle = 2 * Math.PI * i / Steps;
            double share = few ? 1 : Math.Max(Math.Abs(rx * Math.Cos(angle)) / width, Math.Abs(ry * Math.Sin(angle)) / height);
            room[i + 1] = room[i] + share;
        }

        var placed = new DiagramRectangle[sites.Length];
        double first = sites.Length switch { 2 => 0.75, 4 => 0.875, _ => 0 };
        for (int k = 0, i = 0; k < sites.Length; k++)
        {
            double wanted = room[Steps] * k / sites.Length;
            while (i < Steps && room[i] < wanted)
                i++;

            // From the top, clockwise.
            double angle = 2 * Math.PI * (((double)i / Steps) + first);
            placed[k] = new(new(rx * Math.Sin(angle), -ry * Math.Cos(angle)), size(sites[k]).X, size(sites[k]).Y);
        }

        return placed;
    }

    private static bool Overlap(DiagramRectangle[] boxes, double gap)
    {
        for (int i = 0; i < boxes.Length; i++)
        {
            for (int j = i + 1; j < boxes.Length; j++)
            {
                if (boxes[i].Near(boxes[j], gap))
                    return true;
            }
        }

        return false;
    }
}
