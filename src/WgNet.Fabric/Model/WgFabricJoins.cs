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

    // A fabric of a thousand gateways asks a million times.
    private HashSet<string> HubNames => field ??= new(Hubs, StringComparer.Ordinal);

    private HashSet<(string, string)> PairNames => field ??= Both(Pairs);

    private HashSet<(string, string)> ExcludedNames => field ??= Both(Excluded);

    /// <summary>Whether two gateways are joined by a tunnel.</summary>
    internal bool Join(WgFabricGateway one, WgFabricGateway other)
    {
        if (one.Site == other.Site)
            return false;
        bool joined = Topology switch
        {
            WgFabricTopology.HubAndSpoke => HubNames.Contains(one.Site) || HubNames.Contains(other.Site),
            WgFabricTopology.Pairs => Name(PairNames, one, other),
            _ => true,
        };
        return joined && !(Excluded.Length > 0 && Name(ExcludedNames, one, other));
    }

    private static bool Name(HashSet<(string, string)> pairs, WgFabricGateway one, WgFabricGateway other) =>
        pairs.Contains((one.Site, other.Site)) || pairs.Contains((one.Name, other.Name))
        || pairs.Contains((one.Name, other.Site)) || pairs.Contains((one.Site, other.Name));

    private static HashSet<(string, string)> Both(WgFabricPair[] pairs) =>
        [.. pairs.Select(pair => (pair.First, pair.Second)), .. pairs.Select(pair => (pair.Second, pair.First))];
}

/// <summary>Two sites or gateways, by name.</summary>
/// <param name="First">A site's or gateway's name.</param>
/// <param name="Second">Another's.</param>
public sealed record WgFabricPair(string First, string Second);
