using WgNet.Fabric;

namespace WgNet;

/// <summary>
/// Sites, their gateways and prefixes, and how they are joined: what one file describes, checked and with all defaults filled in.
/// Everything else, from interface names to BIRD's configuration, follows from it by rules that never renumber what is there.
/// </summary>
public sealed record WgFabric
{
    // What was computed once is computed anew for a copy with other sites or pools.
    private IReadOnlyList<WgFabricGateway>? _byNumber;
    private TunnelPool? _pool;

    /// <summary>The fabric's name: names its lab, and the folder of its keys on a gateway.</summary>
    public required string Name { get; init; }

    /// <summary>The file that it was read from; null for one that was made in memory.</summary>
    public string? Path { get; init; }

    /// <summary>The sites, in the order of the file.</summary>
    public required WgFabricSite[] Sites
    {
        get;
        init => (field, _byNumber) = (value, null);
    }

    /// <summary>Which sites have tunnels to which.</summary>
    public WgFabricJoins Joins { get; init; } = WgFabricJoins.FullMesh;

    /// <summary>
    /// Where the tunnels' addresses come from: prefixes ("2001:db8:ff::/64") and ranges ("169.254.1.0-169.254.254.255"). Of each family the
    /// first ones are used first, so that one put behind them renumbers nobody. A family without a pool has no BGP sessions.
    /// </summary>
    public string[] TunnelPools
    {
        get;
        init => (field, _pool) = (value, null);
    } = DefaultTunnelPools;

    /// <summary>A tunnel listens at this UDP port plus the number of the gateway at its other end.</summary>
    public int BasePort { get; init; } = 5800;

    /// <summary>A tunnel's interface is called this, and the number of the gateway at its other end.</summary>
    public string InterfacePrefix { get; init; } = "wg";

    /// <summary>The tunnels' MTU in bytes; null: what the back end chooses, 1420.</summary>
    public int? Mtu { get; init; }

    /// <summary>Seconds between keepalives of every tunnel; null: only a gateway behind NAT sends them, every 25 s.</summary>
    public int? PersistentKeepalive { get; init; }

    /// <summary>Each tunnel has a preshared key too, which both its gateways must be given.</summary>
    public bool PresharedKeys { get; init; }

    /// <summary>The namespace of a gateway's encrypted side; '' is the machine's own.</summary>
    public string PublicNamespace { get; init; } = "public";

    /// <summary>The namespace of a gateway's clear side.</summary>
    public string PrivateNamespace { get; init; } = "private";

    /// <summary>The gateways' interfaces to their own site, in the private namespace; * and ? are wildcards.</summary>
    public string[] SiteInterfaces { get; init; } = ["eth*"];

    /// <summary>How routes spread.</summary>
    public WgFabricRouting Routing { get; init; } = new();

    /// <summary>All gateways, by site.</summary>
    public IEnumerable<WgFabricGateway> Gateways => Sites.SelectMany(site => site.Gateways);

    /// <summary>All gateways by number, sorted once: every one of a thousand goes through them.</summary>
    internal IReadOnlyList<WgFabricGateway> ByNumber => _byNumber ??= [.. Gateways.OrderBy(gateway => gateway.Number)];

    internal static string[] DefaultTunnelPools => ["2001:db8:ff::/64", "169.254.1.0-169.254.254.255"];

    /// <summary>The pools as ranges of addresses, computed once.</summary>
    internal TunnelPool Pool => _pool ??= TunnelPool.Of(TunnelPools);

    /// <summary>What its peers call their tunnel to a gateway.</summary>
    internal string InterfaceTo(WgFabricGateway peer) => InterfacePrefix + peer.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string ToString() => Name;
}
