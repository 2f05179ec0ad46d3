namespace WgNet;

/// <summary>How fresh a peer's session is.</summary>
public enum WgSessionState
{
    /// <summary>No handshake has happened since the peer was added.</summary>
    Never,

    /// <summary>The latest handshake is under 180 seconds old, so that its keys still work (REJECT_AFTER_TIME, WireGuard's white paper, section 6.1).</summary>
    Active,

    /// <summary>The latest handshake is older: nothing was sent since, or the peer does not answer.</summary>
    Stale,
}

/// <summary>A peer of a WireGuard interface as it was when it was read.</summary>
public sealed class WgPeer
{
    /// <summary>REJECT_AFTER_TIME: keys older than this are not used.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromSeconds(180);

    /// <summary>The interface that the peer belongs to.</summary>
    public required string Tunnel { get; init; }

    /// <summary>The namespace that the interface is in; '' is the caller's own.</summary>
    public required string Namespace { get; init; }

    public required WgPublicKey PublicKey { get; init; }

    /// <summary>Where packets are sent to: as configured, or where the peer was last heard from. Null: not known yet.</summary>
    public WgEndpoint? Endpoint { get; init; }

    public AllowedIP[] AllowedIPs { get; init; } = [];

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LatestHandshake { get; init; }

    /// <summary>Time from the latest handshake to when this object was read; null: never.</summary>
    public TimeSpan? HandshakeAge { get; init; }

    public ulong ReceivedBytes { get; init; }

    public ulong SentBytes { get; init; }

    /// <summary>Seconds; 0 is off.</summary>
    public int PersistentKeepalive { get; init; }

    public bool HasPresharedKey { get; init; }

    public WgSessionState State => HandshakeAge switch
    {
        null => WgSessionState.Never,
        { } age when age < SessionLifetime => WgSessionState.Active,
        _ => WgSessionState.Stale,
    };

    public override string ToString() => PublicKey.ToString();
}
