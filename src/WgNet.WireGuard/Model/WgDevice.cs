using System.Net;

namespace WgNet.WireGuard;

/// <summary>What a WireGuard device says of itself.</summary>
internal sealed record WgDevice
{
    /// <summary>The interface's name; "" where the back end does not tell (UAPI).</summary>
    public string Name { get; init; } = "";

    /// <summary>The interface's index; 0 where the back end does not tell (UAPI).</summary>
    public uint Index { get; init; }

    /// <summary>Null where none is set.</summary>
    public WgPrivateKey? PrivateKey { get; init; }

    /// <summary>Null where no private key is set.</summary>
    public WgPublicKey? PublicKey { get; init; }

    /// <summary>The UDP port; 0 while none is bound.</summary>
    public ushort ListenPort { get; init; }

    /// <summary>SO_MARK of what is sent; 0 is none.</summary>
    public uint FirewallMark { get; init; }

    /// <summary>The kernel gives them in the order in which they were made; from a UAPI they are sorted by key.</summary>
    public WgPeerState[] Peers { get; init; } = [];
}

/// <summary>What a WireGuard device says of one peer.</summary>
internal sealed record WgPeerState
{
    public required WgPublicKey PublicKey { get; init; }

    /// <summary>Null where none is set.</summary>
    public WgPresharedKey? PresharedKey { get; init; }

    /// <summary>Where the peer was last heard, or was said to be; null while unknown.</summary>
    public IPEndPoint? Endpoint { get; init; }

    public AllowedIP[] AllowedIPs { get; init; } = [];

    /// <summary>Time of the latest handshake, UTC; null where there was none.</summary>
    public DateTimeOffset? LatestHandshake { get; init; }

    public ulong ReceivedBytes { get; init; }

    public ulong SentBytes { get; init; }

    /// <summary>Seconds between keepalives; 0 is off.</summary>
    public ushort PersistentKeepalive { get; init; }
}

/// <summary>A handshake's time as both back ends give it.</summary>
internal static class HandshakeTime
{
    /// <summary>Null for no handshake (both zero); false for what is no time.</summary>
    public static bool TryMake(long seconds, long nanoseconds, out DateTimeOffset? time)
    {
        time = null;
        if (seconds < 0 || nanoseconds is < 0 or > 999_999_999 || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return false;
        if (seconds != 0 || nanoseconds != 0)
            time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / 100);
        return true;
    }
}
