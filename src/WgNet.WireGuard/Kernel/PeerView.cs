using System.Runtime.InteropServices;
using WgNet.Netlink;

namespace WgNet.WireGuard.Kernel;

/// <summary>
/// A peer as it stands in the receive buffer: numbers are read, keys, endpoint and allowed IPs are still bytes there. It costs no
/// allocation.
/// </summary>
internal ref struct PeerView
{
    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey;

    /// <summary>32 bytes; none where no preshared key is set.</summary>
    public ReadOnlySpan<byte> PresharedKey;

    /// <summary>struct sockaddr_in or sockaddr_in6, or none; see <see cref="EndpointBytes"/>.</summary>
    public ReadOnlySpan<byte> Endpoint;

    /// <summary>WGPEER_A_ALLOWEDIPS; see <see cref="AllowedIPReader"/>.</summary>
    public ReadOnlySpan<byte> AllowedIPs;

    /// <summary>Null where there was none.</summary>
    public DateTimeOffset? LatestHandshake;

    public ulong ReceivedBytes;
    public ulong SentBytes;
    public ushort PersistentKeepalive;

    /// <summary>Reads one element of WGDEVICE_A_PEERS; false where it has no key.</summary>
    /// <param name="value">The element.</param>
    /// <param name="peer">The peer, which is good as long as the buffer.</param>
    /// <param name="failed">Whether it is not the protocol.</param>
    public static bool TryRead(ReadOnlySpan<byte> value, out PeerView peer, out bool failed)
    {
        peer = default;
        var attribute = new AttributeReader(value);
        while (attribute.Next())
        {
            // The kernel writes the key first; what stands before it belongs to nobody.
            if (attribute.Type == PeerAttribute.PublicKey && attribute.Value.Length == KeyText.Size)
            {
                peer = new PeerView { PublicKey = attribute.Value };
                continue;
            }

            if (peer.PublicKey.IsEmpty)
                continue;
            switch (attribute.Type)
            {
                case PeerAttribute.PresharedKey:
                    peer.PresharedKey = DeviceDecoder.HasKey(ref attribute) ? attribute.Value : default;
                    break;
                case PeerAttribute.Endpoint:
                    peer.Endpoint = attribute.Value;
                    break;
                case PeerAttribute.PersistentKeepalive:
                    peer.PersistentKeepalive = attribute.U16();
                    break;
                case PeerAttribute.LastHandshake:
                    peer.LatestHandshake = Handshake(ref attribute);
                    break;
                case PeerAttribute.ReceivedBytes:
                    peer.ReceivedBytes = attribute.U64();
                    break;
                case PeerAttribute.SentBytes:
                    peer.SentBytes = attribute.U64();
                    break;
                case PeerAttribute.AllowedIPs:
                    // The kernel has one list of them a peer: a second would drop the first.
                    if (!peer.AllowedIPs.IsEmpty)
                        attribute.Fail();
                    peer.AllowedIPs = attribute.Value;
                    break;
            }
        }

        failed = attribute.Failed;
        return !peer.PublicKey.IsEmpty;
    }

    // struct __kernel_timespec has two 64-bit numbers on every architecture.
    private static DateTimeOffset? Handshake(scoped ref AttributeReader attribute)
    {
        if (attribute.Value.Length == 16 && HandshakeTime.TryMake(
            MemoryMarshal.Read<long>(attribute.Value), MemoryMarshal.Read<long>(attribute.Value[8..]), out DateTimeOffset? time))
        {
            return time;
        }

        attribute.Fail();
        return null;
    }
}

/// <summary>Walks the allowed IPs of a peer. What is none ends the walk and sets <see cref="Failed"/>.</summary>
internal ref struct AllowedIPReader(ReadOnlySpan<byte> allowed)
{
    private AttributeReader _list = new(allowed);

    /// <summary>4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> Address { get; private set; }

    public int PrefixLength { get; private set; }

    public bool Failed { get; private set; }

    public bool Next()
    {
        if (Failed || !_list.Next())
        {
            Failed |= _list.Failed;
            return false;
        }

        Address = default;
        PrefixLength = -1;
        AttributeReader attribute = _list.Nested;
        while (attribute.Next())
        {
            if (attribute.Type == AllowedIPAttribute.Address)
                Address = attribute.AddressBytes();
            else if (attribute.Type == AllowedIPAttribute.PrefixLength)
                PrefixLength = attribute.U8();
        }

        Failed = attribute.Failed || Address.IsEmpty || PrefixLength < 0 || PrefixLength > 8 * Address.Length;
        return !Failed;
    }
}
