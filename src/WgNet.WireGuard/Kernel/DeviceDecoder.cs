using System.Net;
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
        bool found = PeerView.TryRead(list.Value, out PeerView view, out bool failed);
        if (failed)
            list.Fail();
        if (!found)
            return null;
        var peer = new PeerBuilder(new WgPublicKey(view.PublicKey))
        {
            PresharedKey = view.PresharedKey.IsEmpty ? null : new WgPresharedKey(view.PresharedKey),
            Endpoint = EndpointBytes.Read(view.Endpoint),
            PersistentKeepalive = view.PersistentKeepalive,
            LatestHandshake = view.LatestHandshake,
            ReceivedBytes = view.ReceivedBytes,
            SentBytes = view.SentBytes,
        };
        var allowed = new AllowedIPReader(view.AllowedIPs);
        while (allowed.Next())
            peer.AllowedIPs.Add(new AllowedIP(new IPAddress(allowed.Address), allowed.PrefixLength));
        if (allowed.Failed)
            list.Fail();
        return peer;
    }

    /// <summary>Whether a key of the right size, that is not all zero, is there.</summary>
    internal static bool HasKey(scoped ref AttributeReader attribute)
    {
        if (attribute.Value.Length != KeyText.Size)
            attribute.Fail();
        return attribute.Value.Length == KeyText.Size && attribute.Value.IndexOfAnyExcept((byte)0) >= 0;
    }
}
