using System.Security.Cryptography;
using WgNet.Netlink;

namespace WgNet.WireGuard.Kernel;

/// <summary>Takes one finished WG_CMD_SET_DEVICE message.</summary>
/// <param name="message">The message; its buffer is used again for the next.</param>
/// <param name="peers">How many peers it and the ones before it complete.</param>
internal delegate void MessageSink(ReadOnlySpan<byte> message, int peers);

/// <summary>
/// Writes a change as WG_CMD_SET_DEVICE messages, as many as it takes: cut between peers or inside a peer's allowed IPs. The device's own
/// values and the flag that replaces peers stand in the first only; a peer that goes on repeats its key, without the flag that replaces
/// its allowed IPs.
/// </summary>
internal static class DeviceEncoder
{
    private const ushort AF_INET = 2;
    private const ushort AF_INET6 = 10;

    /// <summary>
    /// The largest message: the nest of peers has a 16-bit length, and the kernel takes up to its socket's send buffer (212,992 bytes).
    /// </summary>
    public const int MaxMessage = 60 * 1024;

    /// <summary>Writes every message, in order. Fault "MessageTooLong" where the buffer does not hold a single peer.</summary>
    /// <param name="change">What to write.</param>
    /// <param name="family">The family's message type.</param>
    /// <param name="name">The interface.</param>
    /// <param name="buffer">Where to write; no message is longer.</param>
    /// <param name="sink">Takes each message.</param>
    /// <param name="steps">Whether peers with <see cref="WgPeerChange.Steps"/> are written by these: for a kernel that can take away a single allowed IP.</param>
    public static void Encode(WgDeviceChange change, ushort family, string name, Span<byte> buffer, MessageSink sink, bool steps = false)
    {
        var place = new Place();
        do
        {
            var writer = new MessageWriter(buffer[..Math.Min(buffer.Length, MaxMessage)]);
            writer.Begin(family, MessageFlags.Ack);
            writer.Struct(new GenericHeader { Command = WireGuardProtocol.SetDevice, Version = WireGuardProtocol.Version });
            writer.Text(DeviceAttribute.IfName, name);
            if (!place.Started)
                Head(ref writer, change);
            place.Started = true;
            Peers(ref writer, change.Peers, steps, ref place);
            writer.End();
            sink(writer.Written, place.Peer);
        }
        while (place.Peer < change.Peers.Count);
    }

    private static void Head(ref MessageWriter writer, WgDeviceChange change)
    {
        if (change.PrivateKey is { } key)
        {
            Span<byte> bytes = stackalloc byte[KeyText.Size];
            key.CopyClamped(bytes);
            writer.Bytes(DeviceAttribute.PrivateKey, bytes);
            CryptographicOperations.ZeroMemory(bytes);
        }

        if (change.ListenPort is { } port)
            writer.U16(DeviceAttribute.ListenPort, port);
        if (change.FirewallMark is { } mark)
            writer.U32(DeviceAttribute.FirewallMark, mark);
        if (change.ReplacePeers)
            writer.U32(DeviceAttribute.Flags, DeviceFlag.ReplacePeers);
    }

    private static void Peers(ref MessageWriter writer, IReadOnlyList<WgPeerChange> peers, bool steps, ref Place place)
    {
        if (place.Peer == peers.Count)
            return;
        int nest = writer.Nest(DeviceAttribute.Peers);
        bool any = false;
        while (place.Peer < peers.Count)
        {
            int start = writer.Length;
            WgPeerChange peer = peers[place.Peer];
            var allowed = new Prefixes(peer, steps);
            if (!Peer(ref writer, peer, allowed, ref place))
            {
                writer.Rewind(start);
                break;
            }

            any = true;
            if (place.AllowedIP < allowed.Count)
                break;
            place.Peer++;
            place.AllowedIP = 0;
        }

        if (!any)
            throw new FaultException("MessageTooLong", FaultKind.InvalidArgument, "A peer does not fit one netlink message.");
        writer.EndNest(nest);
    }

    /// <summary>Writes a peer, or the next part of it; false when nothing of it fits.</summary>
    private static bool Peer(ref MessageWriter writer, WgPeerChange peer, Prefixes allowed, ref Place place)
    {
        int nest = writer.Nest(0);
        writer.Bytes(PeerAttribute.PublicKey, peer.PublicKey.Bytes);
        uint flags = Flags(peer, replaces: allowed.Replace && place.AllowedIP == 0);
        if (flags != 0)
            writer.U32(PeerAttribute.Flags, flags);
        if (place.AllowedIP == 0 && !peer.Remove)
            Values(ref writer, peer);
        if (place.AllowedIP < allowed.Count)
        {
            int before = place.AllowedIP;
            AllowedIPs(ref writer, allowed, ref place.AllowedIP);
            if (place.AllowedIP == before)
                return false;
        }

        writer.EndNest(nest);
        return !writer.Overflowed;
    }

    // A part that goes on must not make the peer where the first part found none to update.
    private static uint Flags(WgPeerChange peer, bool replaces)
    {
        if (peer.Remove)
            return PeerFlag.Remove;
        uint flags = peer.UpdateOnly ? PeerFlag.UpdateOnly : 0;
        return replaces ? flags | PeerFlag.ReplaceAllowedIPs : flags;
    }

    private static void Values(ref MessageWriter writer, WgPeerChange peer)
    {
        if (peer.PresharedKey is { } preshared)
            writer.Bytes(PeerAttribute.PresharedKey, preshared.Bytes);
        if (peer.Endpoint is { } endpoint)
        {
            Span<byte> address = stackalloc byte[EndpointBytes.MaxSize];
            writer.Bytes(PeerAttribute.Endpoint, address[..EndpointBytes.Write(endpoint, address)]);
        }

        if (peer.PersistentKeepalive is { } interval)
            writer.U16(PeerAttribute.PersistentKeepalive, interval);
    }

    private static void AllowedIPs(ref MessageWriter writer, Prefixes prefixes, ref int next)
    {
        int first = next;
        Span<byte> address = stackalloc byte[16];
        int list = writer.Nest(PeerAttribute.AllowedIPs);
        while (next < prefixes.Count)
        {
            int start = writer.Length;
            int item = writer.Nest(0);
            AllowedIP allowed = prefixes[next];
            int size = allowed.WriteAddress(address);
            writer.U16(AllowedIPAttribute.Family, size == 4 ? AF_INET : AF_INET6);
            writer.Bytes(AllowedIPAttribute.Address, address[..size]);
            writer.U8(AllowedIPAttribute.PrefixLength, (byte)allowed.PrefixLength);
            if (prefixes.Removes(next))
                writer.U32(AllowedIPAttribute.Flags, AllowedIPFlag.Remove);
            writer.EndNest(item);
            if (writer.Overflowed)
            {
                // Only an overflow at an item is cut away: one that came before means that the peer itself did not fit.
                if (next > first)
                    writer.Rewind(start);
                break;
            }

            next++;
        }

        writer.EndNest(list);
    }

    /// <summary>The allowed IPs that are written of a peer: those that go, then those that come.</summary>
    private readonly struct Prefixes
    {
        private readonly AllowedIP[] _removed;
        private readonly AllowedIP[] _added;

        public Prefixes(WgPeerChange peer, bool steps)
        {
            AllowedIPSteps? taken = steps ? peer.Steps : null;
            Replace = taken is null && peer.ReplaceAllowedIPs;
            _removed = peer.Remove || taken is null ? [] : taken.Removed;
            _added = peer.Remove ? [] : taken?.Added ?? peer.AllowedIPs;
        }

        public bool Replace { get; }

        public int Count => _removed.Length + _added.Length;

        public AllowedIP this[int index] => Removes(index) ? _removed[index] : _added[index - _removed.Length];

        public bool Removes(int index) => index < _removed.Length;
    }

    /// <summary>Up to where the change is written.</summary>
    private struct Place
    {
        public bool Started;
        public int Peer;
        public int AllowedIP;
    }
}
