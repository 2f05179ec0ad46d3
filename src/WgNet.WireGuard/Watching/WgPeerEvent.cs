namespace WgNet;

/// <summary>What happened to a tunnel or a peer.</summary>
public enum WgPeerEventKind
{
    TunnelAdded,
    TunnelRemoved,

    /// <summary>It is in another namespace now, or has another name.</summary>
    TunnelMoved,
    TunnelUp,
    TunnelDown,
    PeerAdded,
    PeerRemoved,

    /// <summary>A handshake was completed: the session has fresh keys.</summary>
    Handshake,

    /// <summary>The peer is heard from, or sent to, elsewhere: it roamed, or was told to be elsewhere.</summary>
    EndpointChanged,

    /// <summary>The latest handshake is 180 seconds old: nothing goes through until there is another.</summary>
    SessionStale,
}

/// <summary>Something that happened to a WireGuard tunnel or one of its peers between two looks at it.</summary>
public sealed record WgPeerEvent
{
    /// <summary>When it was seen; for a handshake, when it was.</summary>
    public required DateTimeOffset Time { get; init; }

    public required WgPeerEventKind Kind { get; init; }

    /// <summary>The tunnel that it is about.</summary>
    public required string Tunnel { get; init; }

    /// <summary>The namespace that the tunnel's interface is in; '' is the caller's own.</summary>
    public required string Namespace { get; init; }

    /// <summary>The peer that it is about; null where it is about the tunnel.</summary>
    public WgPublicKey? PublicKey { get; init; }

    /// <summary>The peer as it is now, or as it last was.</summary>
    public WgPeer? Peer { get; init; }

    /// <summary>What was before: the endpoint, or the tunnel's namespace and name. Null where nothing was, or it does not matter.</summary>
    public string? Before { get; init; }

    /// <summary>What is now, in the same form.</summary>
    public string? After { get; init; }

    public override string ToString() => $"{Kind} {Tunnel}{(PublicKey is null ? "" : $" {PublicKey}")}{(Before is null && After is null ? "" : $" {Before ?? "none"} -> {After ?? "none"}")}";
}
