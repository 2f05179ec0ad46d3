using System.Net;

namespace WgNet.WireGuard;

/// <summary>What is to change in a device. Null leaves a value as it is.</summary>
/// <remarks>Making one checks its keys (fault "InvalidKey"): do it before anything is touched.</remarks>
internal sealed record WgDeviceChange
{
    /// <summary>All zero takes the key away.</summary>
    public WgPrivateKey? PrivateKey
    {
        get;
        init
        {
            value?.EnsureValid();
            field = value;
        }
    }

    /// <summary>0 lets the system choose.</summary>
    public ushort? ListenPort { get; init; }

    /// <summary>0 takes the mark away.</summary>
    public uint? FirewallMark { get; init; }

    /// <summary>Removes every peer before <see cref="Peers"/> are added.</summary>
    public bool ReplacePeers { get; init; }

    /// <summary>Applied in this order.</summary>
    public IReadOnlyList<WgPeerChange> Peers { get; init; } = [];

    /// <summary>Whether there is nothing in it to do.</summary>
    public bool IsEmpty => PrivateKey is null && ListenPort is null && FirewallMark is null && !ReplacePeers && Peers.Count == 0;
}

/// <summary>What is to change in one peer. Null leaves a value as it is.</summary>
internal sealed record WgPeerChange
{
    public required WgPublicKey PublicKey { get; init; }

    /// <summary>Removes the peer; nothing else counts then.</summary>
    public bool Remove { get; init; }

    /// <summary>Does nothing where the peer is not there, instead of adding it.</summary>
    public bool UpdateOnly { get; init; }

    /// <summary>All zero takes the preshared key away.</summary>
    public WgPresharedKey? PresharedKey
    {
        get;
        init
        {
            value?.EnsureValid();
            field = value;
        }
    }

    public IPEndPoint? Endpoint { get; init; }

    /// <summary>Seconds; 0 turns it off.</summary>
    public ushort? PersistentKeepalive { get; init; }

    /// <summary>Takes every allowed IP away before <see cref="AllowedIPs"/> are added.</summary>
    public bool ReplaceAllowedIPs { get; init; }

    /// <summary>Added, taken from another peer of the device where it has them.</summary>
    public AllowedIP[] AllowedIPs { get; init; } = [];

    /// <summary>
    /// Where all of them are given anew: the few that it takes from what is there. A back end that can take away a single one does that, so
    /// that no packet meets a peer without its allowed IPs.
    /// </summary>
    public AllowedIPSteps? Steps { get; init; }
}

/// <summary>How a peer's allowed IPs become others.</summary>
/// <param name="Removed">Those that go; one that is another peer's by then stays there.</param>
/// <param name="Added">Those that come.</param>
internal sealed record AllowedIPSteps(AllowedIP[] Removed, AllowedIP[] Added);
