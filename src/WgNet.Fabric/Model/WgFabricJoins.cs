namespace WgNet;

/// <summary>How the sites of a fabric are joined.</summary>
public enum WgFabricTopology
{
    /// <summary>Every site with every other.</summary>
    FullMesh,

    /// <summary>Every site with the hubs, and the hubs with each other.</summary>
    HubAndSpoke,

    /// <summary>The named pairs only.</summary>
    Pairs,
}

/// <summary>Which gateways have tunnels to which. Gateways of one site never have: they meet inside it.</summary>
public sealed class WgFabricJoins
{
    public WgFabricTopology Topology { get; init; }

    /// <summary>The hub sites, by name.</summary>
    public string[] Hubs { get; init; } = [];

    /// <summary>The pairs that are joined, each of two names of sites or gateways.</summary>
    public WgFabricPair[] Pairs { get; init; } = [];

    /// <summary>Pairs that have no tunnel although the rest says so.</summary>
    public WgFabricPair[] Excluded { get; init; } = [];

    internal static WgFabricJoins FullMesh { get; } = new();

    public override string ToString() => Topology.ToString();

    /// <summary>Whether two gateways are joined by a tunnel.</summary>
    internal bool Join(WgFabricGateway one, WgFabricGateway other)
    {
        if (one.Site == other.Site)
            return false;
        bool joined = Topology switch
        {
            WgFabricTopology.HubAndSpoke => Hubs.Contains(one.Site, StringComparer.Ordinal) || Hubs.Contains(other.Site, StringComparer.Ordinal),
            WgFabricTopology.Pairs => Array.Exists(Pairs, pair => pair.Names(one, other)),
            _ => true,
        };
        return joined && !Array.Exists(Excluded, pair => pair.Names(one, other));
    }
}

/// <summary>Two sites or gateways, by name.</summary>
/// <param name="First">A site's or gateway's name.</param>
/// <param name="Second">Another's.</param>
public sealed record WgFabricPair(string First, string Second)
{
    internal bool Names(WgFabricGateway one, WgFabricGateway other) =>
        (Is(First, one) && Is(Second, other)) || (Is(First, other) && Is(Second, one));

    private static bool Is(string name, WgFabricGateway gateway) => name == gateway.Name || name == gateway.Site;
}
