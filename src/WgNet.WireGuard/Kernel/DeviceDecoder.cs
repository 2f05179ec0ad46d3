using WgNet.Netlink;

namespace WgNet.WireGuard.Kernel;

/// <summary>What one message of a WG_CMD_GET_DEVICE dump holds.</summary>
internal sealed record DevicePart(WgDevice? Head, List<WgPeerState> Peers);

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
        var peers = new List<WgPeerState>();
        var allowed = new List<AllowedIP>();
        while (attributes.Next())
        {
            if (attributes.Type == DeviceAttribute.Peers)
            {
                AttributeReader list = attributes.Nested;
                while (list.Next())
                {
                    if (Peer(ref list, allowed) is { } peer)
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

    /// <summary>Puts the messages of one dump together. A peer that goes on comes next.</summary>
    public static WgDevice Merge(IEnumerable<DevicePart> parts)
    {
        var head = new WgDevice();
        var peers = new List<WgPeerState>();
        var more = new List<AllowedIP>();
        void EndLast()
        {
            if (more.Count > 0)
                peers[^1] = peers[^1] with { AllowedIPs = [.. peers[^1].AllowedIPs, .. more] };
            more.Clear();
        }

        foreach (DevicePart part in parts)
        {
            head = part.Head ?? head;
            foreach (WgPeerState peer in part.Peers)
            {
                if (peers.Count > 0 && peers[^1].PublicKey.Equals(peer.PublicKey))
                {
                    more.AddRange(peer.AllowedIPs);
                    continue;
                }

                EndLast();
                peers.Add(peer);
            }
        }

        EndLast();
        return head with { Peers = [.. peers] };
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

    private static WgPeerState? Peer(ref AttributeReader list, List<AllowedIP> gathered)
    {
        bool found = PeerView.TryRead(list.Value, out PeerView view, out bool failed);
        if (failed)
            list.Fail();
        if (!found)
            return null;
        gathered.Clear();
        var allowed = new AllowedIPReader(view.AllowedIPs);
        while (allowed.Next())
            gathered.Add(new AllowedIP(allowed.Address, allowed.PrefixLength));
        if (allowed.Failed)
            list.Fail();
        return new WgPeerState
        {
            PublicKey = new WgPublicKey(view.PublicKey),
            PresharedKey = view.PresharedKey.IsEmpty ? null : new WgPresharedKey(view.PresharedKey),
            Endpoint = EndpointBytes.Read(view.Endpoint),
            AllowedIPs = [.. gathered],
            LatestHandshake = view.LatestHandshake,
            ReceivedBytes = view.ReceivedBytes,
            SentBytes = view.SentBytes,
            PersistentKeepalive = view.PersistentKeepalive,
        };
    }

    /// <summary>Whether a key of the right size, that is not all zero, is there.</summary>
    internal static bool HasKey(scoped ref AttributeReader attribute)
    {
        if (attribute.Value.Length != KeyText.Size)
            attribute.Fail();
        return attribute.Value.Length == KeyText.Size && attribute.Value.IndexOfAnyExcept((byte)0) >= 0;
    }
}
