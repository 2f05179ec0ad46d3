namespace WgNet.Fabric;

/// <summary>How a tunnel is doing, in the order in which the worse of two ends counts.</summary>
internal enum LinkState
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>The latest handshake is under three minutes old.</summary>
    Active,

    /// <summary>There was a handshake, but none lately.</summary>
    Stale,

    /// <summary>There was never a handshake, or the interface is down.</summary>
    Down,
}

/// <summary>Finds which tunnel of the fabric a live interface or peer is, and how it is doing.</summary>
internal sealed class LinkStates(WgFabric fabric)
{
    private readonly Dictionary<(string, string), LinkState> _states = [];
    private readonly Dictionary<WgPublicKey, WgFabricGateway> _byKey = fabric.Gateways.Where(gateway => gateway.PublicKey is not null).ToDictionary(gateway => gateway.PublicKey!);
    private readonly Dictionary<string, WgFabricGateway> _byInterface = fabric.Gateways.ToDictionary(fabric.InterfaceTo, StringComparer.Ordinal);

    /// <summary>Whether anything is known.</summary>
    public bool Any => _states.Count > 0;

    public LinkState Of(WgFabricGateway one, WgFabricGateway other) => _states.GetValueOrDefault(Key(one, other));

    /// <summary>Takes the state of an interface with its peers; false: it is none of the fabric's.</summary>
    public bool Add(WgTunnel tunnel)
    {
        WgFabricGateway? own = tunnel.PublicKey is { } key && _byKey.TryGetValue(key, out WgFabricGateway? known) ? known : OfNamespace(tunnel.Namespace);
        if (tunnel.State != NetLinkState.Up)
            return Set(own, Peer(tunnel.Name, tunnel.Peers.FirstOrDefault()?.PublicKey), LinkState.Down);
        bool any = false;
        foreach (WgPeer peer in tunnel.Peers)
            any |= Set(own, Peer(peer.Tunnel, peer.PublicKey), Of(peer.State));
        return any;
    }

    /// <summary>Takes the state of a peer; false: it is none of the fabric's.</summary>
    public bool Add(WgPeer peer) => Set(OfNamespace(peer.Namespace), Peer(peer.Tunnel, peer.PublicKey), Of(peer.State));

    private bool Set(WgFabricGateway? own, WgFabricGateway? peer, LinkState state)
    {
        if (own is null || peer is null || !fabric.Joins.Join(own, peer))
            return false;
        _states[Key(own, peer)] = (LinkState)Math.Max((int)Of(own, peer), (int)state);
        return true;
    }

    private WgFabricGateway? Peer(string name, WgPublicKey? key) =>
        key is not null && _byKey.TryGetValue(key, out WgFabricGateway? known) ? known : _byInterface.GetValueOrDefault(name);

    // In a lab a namespace is called after its gateway, with something before or behind: V1-1.private. The longest name that fits is meant.
    private WgFabricGateway? OfNamespace(string name) => fabric.Gateways.Where(gateway => Names(name, gateway.Name)).MaxBy(gateway => gateway.Name.Length);

    private static bool Names(string name, string gateway)
    {
        int at = name.LastIndexOf(gateway, StringComparison.Ordinal);
        return at >= 0 && (at + gateway.Length == name.Length || !char.IsAsciiLetterOrDigit(name[at + gateway.Length]));
    }

    private static LinkState Of(WgSessionState state) => state switch
    {
        WgSessionState.Active => LinkState.Active,
        WgSessionState.Stale => LinkState.Stale,
        _ => LinkState.Down,
    };

    private static (string, string) Key(WgFabricGateway one, WgFabricGateway other) => one.Number < other.Number ? (one.Name, other.Name) : (other.Name, one.Name);
}
