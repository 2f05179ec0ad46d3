using System.Net;
using System.Runtime.InteropServices;
using WgNet.Netlink;

namespace WgNet.WireGuard.Kernel;

/// <summary>What one message of a WG_CMD_GET_DEVICE dump holds.</summary>
internal sealed record DevicePart(WgDevice? Head, IReadOnlyList<PeerBuilder> Peers);

/// <summary>
/// Reads the dump of a device. Large devices come in several messages: the later ones bear peers only, the device's own attributes can
/// come twice, and a peer whose allowed IPs did not fit comes again with its key and more of them.
/// </summary>
internal static class DeviceDecoder
{
    /// <summary>Decodes one message. Fault "MalformedReply".</summary>
    public static bool Decode(in Message message, out DevicePart part)
    {
        AttributeReader attributes = message.Attributes<GenericHeader>();
        var head = new WgDevice();
        bool hasHead = false;
        var peers = new List<PeerBuilder>();
        while (attributes.Next())
        {
            if (attributes.Type == DeviceAttribute.Peers)
            {
                AttributeReader list = attributes.Nested;
                while (list.Next())
                {
                    if (Peer(ref list) is { } peer)
                        peers.Add(peer);
                }

                attributes.Absorb(in list);
            }
            else
            {
                head = Head(ref attributes, head);
                hasHead = true;
            }
        }

        if (attributes.Failed)
            throw new FaultException("MalformedReply", FaultKind.InvalidData, "The kernel's answer about a WireGuard device is not its protocol.");
        part = new DevicePart(hasHead ? head : null, peers);
        return true;
    }

    /// <summary>Puts the messages of one dump together, peers by their keys.</summary>
    public static WgDevice Merge(IEnumerable<DevicePart> parts)
    {
        var head = new WgDevice();
        var peers = new OrderedDictionary<WgPublicKey, PeerBuilder>();
        foreach (DevicePart part in parts)
        {
            head = part.Head ?? head;
            foreach (PeerBuilder peer in part.Peers)
            {
                if (!peers.TryAdd(peer.PublicKey, peer))
                    peers[peer.PublicKey].AllowedIPs.AddRange(peer.AllowedIPs);
            }
        }

        return head with { Peers = [.. peers.Values.Select(peer => peer.Build())] };
    }

    private static WgDevice Head(ref AttributeReader attribute, WgDevice device)
    {
        switch (attribute.Type)
        {
            case DeviceAttribute.IfIndex:
                return device with { Index = attribute.U32() };
            case DeviceAttribute.IfName:
                return device with { Name = attribute.Text() };
            case DeviceAttribute.PrivateKey:
                return HasKey(ref attribute) ? device with { PrivateKey = new WgPrivateKey(attribute.Value) } : device;
            case DeviceAttribute.PublicKey:
                return HasKey(ref attribute) ? device with { PublicKey = new WgPublicKey(attribute.Value) } : device;
            case DeviceAttribute.ListenPort:
                return device with { ListenPort = attribute.U16() };
            case DeviceAttribute.FirewallMark:
                return device with { FirewallMark = attribute.U32() };
            default:
                return device;
        }
    }

    private static PeerBuilder? Peer(ref AttributeReader list)
    {
        PeerBuilder? peer = null;
        AttributeReader attribute = list.Nested;
        while (attribute.Next())
        {
            // The kernel writes the key first; what stands before it belongs to nobody.
            if (attribute.Type == PeerAttribute.PublicKey && attribute.Value.Length == KeyText.Size)
                peer = new PeerBuilder(new WgPublicKey(attribute.Value));
            else if (peer is not null)
                PeerValue(ref attribute, peer);
        }

        list.Absorb(in attribute);
        return peer;
    }

    private static void PeerValue(ref AttributeReader attribute, PeerBuilder peer)
    {
        switch (attribute.Type)
        {
            case PeerAttribute.PresharedKey:
                peer.PresharedKey = HasKey(ref attribute) ? new WgPresharedKey(attribute.Value) : null;
                break;
            case PeerAttribute.Endpoint:
                peer.Endpoint = EndpointBytes.Read(attribute.Value);
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
                AttributeReader list = attribute.Nested;
                while (list.Next())
                    Allowed(ref list, peer.AllowedIPs);
                attribute.Absorb(in list);
                break;
        }
    }

    private static void Allowed(ref AttributeReader list, List<AllowedIP> allowed)
    {
        IPAddress? address = null;
        int length = -1;
        AttributeReader attribute = list.Nested;
        while (attribute.Next())
        {
            if (attribute.Type == AllowedIPAttribute.Address)
                address = attribute.Address();
            else if (attribute.Type == AllowedIPAttribute.PrefixLength)
                length = attribute.U8();
        }

        list.Absorb(in attribute);
        if (address is null || length < 0 || length > 8 * (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 4 : 16))
            list.Fail();
        else
            allowed.Add(new AllowedIP(address, length));
    }

    // struct __kernel_timespec has two 64-bit numbers on every architecture.
    private static DateTimeOffset? Handshake(ref AttributeReader attribute)
    {
        if (attribute.Value.Length == 16 && HandshakeTime.TryMake(
            MemoryMarshal.Read<long>(attribute.Value), MemoryMarshal.Read<long>(attribute.Value[8..]), out DateTimeOffset? time))
        {
            return time;
        }

        attribute.Fail();
        return null;
    }

    /// <summary>Whether a key of the right size, that is not all zero, is there.</summary>
    private static bool HasKey(ref AttributeReader attribute)
    {
        if (attribute.Value.Length != KeyText.Size)
            attribute.Fail();
        return attribute.Value.Length == KeyText.Size && attribute.Value.IndexOfAnyExcept((byte)0) >= 0;
    }
}
