using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace WgNet.WireGuard.Uapi;

/// <summary>Gathers the lines of one peer after the other. One serves a whole answer, so that a peer costs what is kept of it.</summary>
internal sealed class UapiPeer : IDisposable
{
    // An IPv6 address with a zone, in brackets and with a port, has 80 characters at most.
    private const int LongestText = 96;
    private readonly List<AllowedIP> _allowed = [];
    private WgPublicKey? _key;
    private WgPresharedKey? _preshared;
    private IPEndPoint? _endpoint;
    private long _seconds;
    private long _nanoseconds;
    private ulong _sent;
    private ulong _received;
    private ushort _keepalive;

    /// <summary>Whether a peer's lines are being read.</summary>
    public bool IsOpen => _key is not null;

    /// <summary>Begins a peer.</summary>
    public void Begin(WgPublicKey key) => _key = key;

    /// <summary>Ends the peer, if there is one, and adds it to a list. What cannot be a handshake's time marks the lines as failed.</summary>
    public void End(ref UapiLines lines, List<WgPeerState> peers)
    {
        if (_key is null)
            return;
        if (!HandshakeTime.TryMake(_seconds, _nanoseconds, out DateTimeOffset? handshake))
            lines.Fail();
        peers.Add(new WgPeerState
        {
            PublicKey = _key,
            PresharedKey = _preshared,
            Endpoint = _endpoint,
            AllowedIPs = [.. _allowed],
            LatestHandshake = handshake,
            SentBytes = _sent,
            ReceivedBytes = _received,
            PersistentKeepalive = _keepalive,
        });
        (_key, _preshared, _endpoint, _seconds, _nanoseconds, _sent, _received, _keepalive) = (null, null, null, 0, 0, 0, 0, 0);
        _allowed.Clear();
    }

    /// <summary>Reads a line that is not the public key; what is not known is passed over.</summary>
    public void Read(ref UapiLines lines)
    {
        switch (lines.Key.Length)
        {
            case 10 when lines.Is("allowed_ip"u8):
                ReadAllowedIP(ref lines);
                break;
            case 8 when lines.Is("endpoint"u8):
                _endpoint = ReadEndpoint(ref lines);
                break;
            case 8 when lines.Is("tx_bytes"u8):
                _sent = lines.Number(ulong.MaxValue);
                break;
            case 8 when lines.Is("rx_bytes"u8):
                _received = lines.Number(ulong.MaxValue);
                break;
            case 13 when lines.Is("preshared_key"u8):
                ReadPresharedKey(ref lines);
                break;
            case 23 when lines.Is("last_handshake_time_sec"u8):
                _seconds = (long)lines.Number(long.MaxValue);
                break;
            case 24 when lines.Is("last_handshake_time_nsec"u8):
                _nanoseconds = (long)lines.Number(long.MaxValue);
                break;
            case 29 when lines.Is("persistent_keepalive_interval"u8):
                _keepalive = (ushort)lines.Number(ushort.MaxValue);
                break;
        }
    }

    /// <summary>Zeroes a preshared key that was read and not handed on.</summary>
    public void Dispose() => _preshared?.Dispose();

    /// <summary>The daemon walks a hash table: sorted by key, so that two readings agree.</summary>
    public static WgPeerState[] Sorted(List<WgPeerState> peers)
    {
        WgPeerState[] states = [.. peers];
        ulong[] heads = Array.ConvertAll(states, peer => BinaryPrimitives.ReadUInt64BigEndian(peer.PublicKey.Bytes));
        Array.Sort(heads, states);
        for (int i = 1; i < heads.Length; i++)
        {
            // Keys that begin alike are no more than a possibility.
            if (heads[i] == heads[i - 1])
            {
                Array.Sort(states, (left, right) => left.PublicKey.Bytes.SequenceCompareTo(right.PublicKey.Bytes));
                break;
            }
        }

        return states;
    }

    private void ReadAllowedIP(ref UapiLines lines)
    {
        ReadOnlySpan<byte> value = lines.Value;
        if (AllowedIP.TryParsePlain(value, out AllowedIP allowed))
        {
            _allowed.Add(allowed);
            return;
        }

        Span<char> room = stackalloc char[LongestText];
        if (AllowedIP.TryParse(Text(value, room), out allowed) is null)
            _allowed.Add(allowed);
        else
            lines.Fail();
    }

    private void ReadPresharedKey(ref UapiLines lines)
    {
        // Zeros where there is none, as with most peers.
        if (lines.Value.Length == 2 * KeyText.Size && !lines.Value.ContainsAnyExcept((byte)'0'))
            return;
        Span<byte> key = stackalloc byte[KeyText.Size];
        if (lines.Hex(key))
            _preshared = new WgPresharedKey(key);
        CryptographicOperations.ZeroMemory(key);
    }

    // A zone that is a name belongs to the daemon's namespace; what index it has there is not known here.
    private static IPEndPoint? ReadEndpoint(ref UapiLines lines)
    {
        ReadOnlySpan<byte> value = lines.Value;
        int colon = value.LastIndexOf((byte)':');
        if (colon > 0 && PlainAddress.Number(value[(colon + 1)..], ushort.MaxValue) is >= 0 and int port)
        {
            ReadOnlySpan<byte> host = value[..colon];
            bool brackets = host.Length > 2 && host[0] == '[' && host[^1] == ']';
            if (PlainAddress.TryParse(brackets ? host[1..^1] : host) is { } plain && (brackets || plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork))
                return new IPEndPoint(plain, port);
        }

        Span<char> room = stackalloc char[LongestText];
        if (WgEndpoint.TryParse(Text(value, room), out WgEndpoint? endpoint) is null && endpoint!.Address is { } address)
        {
            if (uint.TryParse(endpoint.Zone, System.Globalization.NumberStyles.None, null, out uint scope))
                address = new IPAddress(address.GetAddressBytes(), scope);
            return new IPEndPoint(address, endpoint.Port);
        }

        lines.Fail();
        return null;
    }

    // What does not fit is no address, and reads as none.
    private static ReadOnlySpan<char> Text(ReadOnlySpan<byte> value, Span<char> room) =>
        value.Length <= room.Length ? room[..Encoding.ASCII.GetChars(value, room)] : [];
}
