namespace WgNet.Fabric;

/// <summary>A tunnel of the picture: both its gateways, the lower number first.</summary>
internal sealed record DiagramLink(WgFabricGateway One, WgFabricGateway Other, LinkState State);

/// <summary>The tunnels between two sites.</summary>
internal sealed record DiagramBundle(WgFabricSite One, WgFabricSite Other, IReadOnlyList<DiagramLink> Links)
{
    /// <summary>The worst state of its tunnels.</summary>
    public LinkState State => Links.Max(link => link.State);
}

/// <summary>What there is to be drawn, in an order that does not depend on the file's.</summary>
internal sealed class DiagramModel
{
    public DiagramModel(WgFabric fabric, LinkStates states)
    {
        Fabric = fabric;
        HasStates = states.Any;
        Sites = [.. fabric.Sites.OrderBy(site => site.Number)];
        Dictionary<string, WgFabricSite> byName = fabric.Sites.ToDictionary(site => site.Name);
        Bundles =
        [
            .. Links(fabric, states)
                .GroupBy(link => (link.One.Site, link.Other.Site))
                .Select(group => byName[group.Key.Item1].Number < byName[group.Key.Item2].Number
                    ? new DiagramBundle(byName[group.Key.Item1], byName[group.Key.Item2], [.. group])
                    : new DiagramBundle(byName[group.Key.Item2], byName[group.Key.Item1], [.. group]))
                .GroupBy(bundle => (bundle.One.Number, bundle.Other.Number))
                .OrderBy(group => group.Key)
                .Select(group => new DiagramBundle(group.First().One, group.First().Other, [.. group.SelectMany(bundle => bundle.Links)])),
        ];
    }

    public WgFabric Fabric { get; }

    /// <summary>Whether a live state of any tunnel is known.</summary>
    public bool HasStates { get; }

    /// <summary>The sites by number.</summary>
    public IReadOnlyList<WgFabricSite> Sites { get; }

    public IReadOnlyList<DiagramBundle> Bundles { get; }

    public IEnumerable<DiagramLink> AllLinks => Bundles.SelectMany(bundle => bundle.Links);

    public bool IsHub(WgFabricSite site) => Fabric.Joins.Topology == WgFabricTopology.HubAndSpoke && Fabric.Joins.Hubs.Contains(site.Name, StringComparer.Ordinal);

    /// <summary>"3 sites, 6 gateways, 12 tunnels, full mesh".</summary>
    public string Summary
    {
        get
        {
            string joined = Fabric.Joins.Topology switch
            {
                WgFabricTopology.HubAndSpoke => "hub and spoke",
                WgFabricTopology.Pairs => "named pairs",
                _ => "full mesh",
            };
            return $"{Count(Sites.Count, "site")}, {Count(Fabric.ByNumber.Count, "gateway")}, {Count(AllLinks.Count(), "tunnel")}, {joined}";
        }
    }

    public static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    private static IEnumerable<DiagramLink> Links(WgFabric fabric, LinkStates states) => fabric.ByNumber.SelectMany(one =>
        FabricTunnels.Peers(fabric, one).Where(other => other.Number > one.Number).Select(other => new DiagramLink(one, other, states.Of(one, other))));
}
