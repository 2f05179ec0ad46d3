using System.Net;
using WgNet.WireGuard;

namespace WgNet.UnitTests.WireGuard;

/// <summary>A peer of the fake kernel.</summary>
internal sealed class PeerBuilder(WgPublicKey key)
{
    public WgPublicKey PublicKey { get; } = key;

    public WgPresharedKey? PresharedKey { get; set; }

    public IPEndPoint? Endpoint { get; set; }

    public DateTimeOffset? LatestHandshake { get; set; }

    public ulong SentBytes { get; set; }

    public ulong ReceivedBytes { get; set; }

    public ushort PersistentKeepalive { get; set; }

    public List<AllowedIP> AllowedIPs { get; } = [];

    public WgPeerState Build() => new()
    {
        PublicKey = PublicKey,
        PresharedKey = PresharedKey,
        Endpoint = Endpoint,
        AllowedIPs = [.. AllowedIPs],
        LatestHandshake = LatestHandshake,
        SentBytes = SentBytes,
        ReceivedBytes = ReceivedBytes,
        PersistentKeepalive = PersistentKeepalive,
    };
}
