using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace WgNet.WireGuard.Uapi;

/// <summary>
/// Reads what a device answers to get=1 (wireguard-go device/uapi.go). Keys that it does not know are passed over, as wg(8) does; a value
/// that is not what its key promises, or a text without end, is the fault "UapiMalformed".
/// </summary>
internal static class UapiReader
{
    // An IPv6 address with a zone, in brackets and with a port, has 80 characters at most.
    private const int LongestText = 96;

    /// <summary>Reads a whole reply. The errno that ends it comes back positive; the device is empty where it is not 0.</summary>
    public static WgDevice ReadDevice(ReadOnlySpan<byte> reply, out int errno)
    {
        var lines = new UapiLines(reply);
        var device = new WgDevice();
        var peers = new List<PeerBuilder>();
        PeerBuilder? peer = null;
        int? end = null;
        Span<byte> key = stackalloc byte[KeyText.Size];
        while (lines.Next())
        {
            // Nothing follows the errno.
            if (end is not null)
                lines.Fail();
            else if (lines.Is("errno"u8))
                end = lines.Errno();
            else if (lines.Is("public_key"u8) && lines.Hex(key))
                peers.Add(peer = new PeerBuilder(new WgPublicKey(key)));
            else if (peer is not null)
                ReadPeerLine(ref lines, peer);
            else
                device = ReadDeviceLine(ref lines, device);
        }

        CryptographicOperations.ZeroMemory(key);
        if (lines.Failed || end is null)
            throw Malformed();
        errno = end.Value;
        return errno != 0 ? new WgDevice() : device with { Peers = Finish(peers) };
    }

    /// <summary>Reads the answer to set=1: an errno, positive.</summary>
    public static int ReadErrno(ReadOnlySpan<byte> reply)
    {
        var lines = new UapiLines(reply);
        int? end = null;
        while (lines.Next())
        {
            if (end is null && lines.Is("errno"u8))
                end = lines.Errno();
            else
                lines.Fail();
        }

        return lines.Failed || end is null ? throw Malformed() : end.Value;
    }

    private static WgDevice ReadDeviceLine(ref UapiLines lines, WgDevice device)
    {
        if (lines.Is("private_key"u8))
        {
            Span<byte> key = stackalloc byte[KeyText.Size];
            if (!lines.Hex(key))
                return device;
            var secret = new WgPrivateKey(key);
            CryptographicOperations.ZeroMemory(key);
            return secret.IsZero ? device : device with { PrivateKey = secret, PublicKey = secret.GetPublicKey() };
        }

        if (lines.Is("listen_port"u8))
            return device with { ListenPort = (ushort)lines.Number(ushort.MaxValue) };
        return lines.Is("fwmark"u8) ? device with { FirewallMark = (uint)lines.Number(uint.MaxValue) } : device;
    }

    private static void ReadPeerLine(ref UapiLines lines, PeerBuilder peer)
    {
        if (lines.Is("preshared_key"u8))
            ReadPresharedKey(ref lines, peer);
        else if (lines.Is("endpoint"u8))
            peer.Endpoint = ReadEndpoint(ref lines);
        else if (lines.Is("last_handshake_time_sec"u8))
            peer.LatestHandshake = Handshake(ref lines, peer.LatestHandshake, whole: true);
        else if (lines.Is("last_handshake_time_nsec"u8))
            peer.LatestHandshake = Handshake(ref lines, peer.LatestHandshake, whole: false);
        else if (lines.Is("tx_bytes"u8))
            peer.SentBytes = lines.Number(ulong.MaxValue);
        else if (lines.Is("rx_bytes"u8))
            peer.ReceivedBytes = lines.Number(ulong.MaxValue);
        else if (lines.Is("persistent_keepalive_interval"u8))
            peer.PersistentKeepalive = (ushort)lines.Number(ushort.MaxValue);
        else if (lines.Is("allowed_ip"u8))
            ReadAllowedIP(ref lines, peer);
    }

    private static void ReadAllowedIP(ref UapiLines lines, PeerBuilder peer)
    {
        Span<char> room = stackalloc char[LongestText];
        if (AllowedIP.TryParse(Text(lines.Value, room), out AllowedIP allowed) is null)
            peer.AllowedIPs.Add(allowed);
        else
            lines.Fail();
    }

    private static void ReadPresharedKey(ref UapiLines lines, PeerBuilder peer)
    {
        Span<byte> key = stackalloc byte[KeyText.Size];
        if (lines.Hex(key) && key.IndexOfAnyExcept((byte)0) >= 0)
            peer.PresharedKey = new WgPresharedKey(key);
        CryptographicOperations.ZeroMemory(key);
    }

    // Its seconds and nanoseconds come on two lines; a whole second has nanoseconds 0, which is a time too.
    private static DateTimeOffset? Handshake(ref UapiLines lines, DateTimeOffset? known, bool whole)
    {
        long number = (long)lines.Number(long.MaxValue);
        long seconds = known?.ToUnixTimeSeconds() ?? 0;
        long nanoseconds = known?.Ticks % TimeSpan.TicksPerSecond * 100 ?? 0;
        if (!(whole ? HandshakeTime.TryMake(number, nanoseconds, out DateTimeOffset? time) : HandshakeTime.TryMake(seconds, number, out time)))
            lines.Fail();
        return time;
    }

    // A zone that is a name belongs to the daemon's namespace; what index it has there is not known here.
    private static IPEndPoint? ReadEndpoint(ref UapiLines lines)
    {
        Span<char> room = stackalloc char[LongestText];
        if (WgEndpoint.TryParse(Text(lines.Value, room), out WgEndpoint? endpoint) is null && endpoint!.Address is { } address)
        {
            if (uint.TryParse(endpoint.Zone, System.Globalization.NumberStyles.None, null, out uint scope))
                address = new IPAddress(address.GetAddressBytes(), scope);
            return new IPEndPoint(address, endpoint.Port);
        }

        lines.Fail();
        return null;
    }

    // The daemon walks a hash table: sorted, so that two readings agree.
    private static WgPeerState[] Finish(List<PeerBuilder> peers)
    {
        WgPeerState[] states = [.. peers.Select(peer => peer.Build())];
        Array.Sort(states, (left, right) => left.PublicKey.Bytes.SequenceCompareTo(right.PublicKey.Bytes));
        return states;
    }

    // What does not fit is no address, and reads as none.
    private static ReadOnlySpan<char> Text(ReadOnlySpan<byte> value, Span<char> room) =>
        value.Length <= room.Length ? room[..Encoding.ASCII.GetChars(value, room)] : [];

    private static FaultException Malformed() =>
        new("UapiMalformed", FaultKind.InvalidData, "What the userspace device answered is not its protocol.");
}
