using WgNet.Netlink;
using WgNet.WireGuard;
using WgNet.WireGuard.Kernel;

namespace WgNet.UnitTests.WireGuard;

/// <summary>
/// Does to a device of its own what the kernel does with WG_CMD_SET_DEVICE (drivers/net/wireguard/netlink.c): messages as they come, peers
/// one after the other, an allowed IP in one peer only.
/// </summary>
internal sealed class FakeKernel : INetlinkChannel
{
    private const ushort Family = 0x20;
    private readonly OrderedDictionary<WgPublicKey, PeerBuilder> _peers = [];
    private readonly Dictionary<AllowedIP, PeerBuilder> _owners = [];
    private WgDevice _device = new();

    /// <summary>Whether it is one that can take away a single allowed IP (Linux 6.16).</summary>
    public bool TakesSingle { get; init; }

    public int Messages { get; private set; }

    public int Largest { get; set; }

    public WgDevice State => _device with { Peers = [.. _peers.Values.Select(peer => peer.Build())] };

    public void Execute(ReadOnlySpan<byte> request, string operation, object? target = null, CancellationToken cancel = default)
    {
        Messages++;
        Largest = Math.Max(Largest, request.Length);
        var reader = new MessageReader(request);
        if (!reader.Next(out Message message) || message.Type != Family)
            throw new NetlinkException(operation, Errno.EINVAL);
        AttributeReader attributes = message.Attributes<GenericHeader>();
        while (attributes.Next())
            Device(ref attributes);
        if (attributes.Failed || reader.Failed)
            throw new NetlinkException(operation, Errno.EINVAL);
    }

    public List<T> Query<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default)
    {
        var reader = new MessageReader(Fixture.Bytes("wireguard-kernel/genl-getfamily-wireguard.bin"));
        return reader.Next(out Message message) && decode(in message, out T item) ? [item] : [];
    }

    public List<T> Dump<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default) =>
        throw new NetlinkException(operation, Errno.EOPNOTSUPP);

    private void Device(ref AttributeReader attribute)
    {
        switch (attribute.Type)
        {
            case DeviceAttribute.PrivateKey:
                var key = new WgPrivateKey(attribute.Value);
                _device = _device with { PrivateKey = key.IsZero ? null : key, PublicKey = key.IsZero ? null : key.GetPublicKey() };
                break;
            case DeviceAttribute.ListenPort:
                _device = _device with { ListenPort = attribute.U16() };
                break;
            case DeviceAttribute.FirewallMark:
                _device = _device with { FirewallMark = attribute.U32() };
                break;
            case DeviceAttribute.Flags when (attribute.U32() & DeviceFlag.ReplacePeers) != 0:
                _peers.Clear();
                _owners.Clear();
                break;
            case DeviceAttribute.Peers:
                AttributeReader list = attribute.Nested;
                while (list.Next())
                    Peer(ref list);
                attribute.Absorb(in list);
                break;
        }
    }

    // The kernel looks at a peer's attributes in an order of its own, whatever order they came in: flags first.
    private void Peer(ref AttributeReader list)
    {
        WgPublicKey? key = null;
        uint flags = 0;
        AttributeReader first = list.Nested;
        while (first.Next())
        {
            if (first.Type == PeerAttribute.PublicKey)
                key = new WgPublicKey(first.Value);
            else if (first.Type == PeerAttribute.Flags)
                flags = first.U32();
        }

        PeerBuilder? peer = _peers.GetValueOrDefault(key!);
        if (peer is not null && (flags & (PeerFlag.Remove | PeerFlag.ReplaceAllowedIPs)) != 0)
        {
            peer.AllowedIPs.ForEach(allowed => _owners.Remove(allowed));
            peer.AllowedIPs.Clear();
        }

        if ((flags & PeerFlag.Remove) != 0)
        {
            _peers.Remove(key!);
            return;
        }

        if (peer is null)
        {
            if ((flags & PeerFlag.UpdateOnly) != 0)
                return;
            _peers.Add(key!, peer = new PeerBuilder(key!));
        }

        AttributeReader rest = list.Nested;
        while (rest.Next())
            PeerValue(ref rest, peer);
        list.Absorb(in rest);
    }

    private void PeerValue(ref AttributeReader attribute, PeerBuilder peer)
    {
        switch (attribute.Type)
        {
            case PeerAttribute.PresharedKey:
                var key = new WgPresharedKey(attribute.Value);
                peer.PresharedKey = key.IsZero ? null : key;
                break;
            case PeerAttribute.Endpoint:
                peer.Endpoint = EndpointBytes.Read(attribute.Value);
                break;
            case PeerAttribute.PersistentKeepalive:
                peer.PersistentKeepalive = attribute.U16();
                break;
            case PeerAttribute.AllowedIPs:
                AttributeReader list = attribute.Nested;
                while (list.Next())
                    Allowed(ref list, peer);
                attribute.Absorb(in list);
                break;
        }
    }

    private void Allowed(ref AttributeReader list, PeerBuilder peer)
    {
        AttributeReader attribute = list.Nested;
        System.Net.IPAddress? address = null;
        int length = 0;
        bool removes = false;
        while (attribute.Next())
        {
            if (attribute.Type == AllowedIPAttribute.Address)
                address = attribute.Address();
            else if (attribute.Type == AllowedIPAttribute.PrefixLength)
                length = attribute.U8();
            else if (attribute.Type == AllowedIPAttribute.Flags && TakesSingle)
                removes = (attribute.U32() & AllowedIPFlag.Remove) != 0;
            else if (attribute.Type == AllowedIPAttribute.Flags)
                throw new NetlinkException("take away", Errno.EINVAL);
        }

        var allowed = new AllowedIP(address!, length);
        if (removes)
        {
            if (_owners.GetValueOrDefault(allowed) == peer && _owners.Remove(allowed))
                peer.AllowedIPs.Remove(allowed);
            return;
        }

        if (_owners.Remove(allowed, out PeerBuilder? owner))
            owner.AllowedIPs.Remove(allowed);
        _owners[allowed] = peer;
        peer.AllowedIPs.Add(allowed);
    }
}
