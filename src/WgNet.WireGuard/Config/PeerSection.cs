using System.Security.Cryptography;

namespace WgNet.WireGuard;

/// <summary>Gathers the settings of one [Peer] after the other.</summary>
internal sealed class PeerSection : IDisposable
{
    public static readonly string[] Names = ["PublicKey", "PresharedKey", "Endpoint", "AllowedIPs", "PersistentKeepalive"];

    // Whether each is taken away.
    private readonly OrderedDictionary<AllowedIP, bool> _allowed = [];
    private WgPublicKey? _publicKey;
    private WgPresharedKey? _presharedKey;
    private WgEndpoint? _endpoint;
    private ushort? _keepalive;
    private bool _hadPublicKey;
    private bool _keeps;
    private bool _removes;

    /// <summary>Ends the section, and is ready for the next; null where no public key was given, good or bad.</summary>
    public WgConfigPeer? End()
    {
        WgConfigPeer? peer = !_hadPublicKey ? null : new WgConfigPeer
        {
            PublicKey = _publicKey!,
            PresharedKey = _presharedKey,
            Endpoint = _endpoint,
            PersistentKeepalive = _keepalive,
            KeepsAllowedIPs = _keeps,
            AllowedIPs = _removes ? Those(removed: false) : [.. _allowed.Keys],
            RemovedAllowedIPs = _removes ? Those(removed: true) : [],
        };
        (_publicKey, _presharedKey, _endpoint, _keepalive, _hadPublicKey, _keeps, _removes) = (null, null, null, null, false, false, false);
        _allowed.Clear();
        return peer;
    }

    /// <summary>Null on success, else what is wrong: then nobody gets what was read of the text.</summary>
    public string? Set(string name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "PublicKey":
                _hadPublicKey = true;
                return SetPublicKey(value);
            case "PresharedKey":
                return SetPresharedKey(value);
            case "Endpoint":
                return WgEndpoint.TryParse(value, out _endpoint);
            case "PersistentKeepalive":
                string? wrong = ConfigValues.Keepalive(value, out ushort seconds);
                _keepalive = seconds;
                return wrong;
            default:
                return AddAllowedIPs(value);
        }
    }

    /// <summary>Zeroes a preshared key that was read and not handed on.</summary>
    public void Dispose() => _presharedKey?.Dispose();

    private string? SetPublicKey(ReadOnlySpan<char> value)
    {
        Span<byte> key = stackalloc byte[KeyText.Size];
        string? wrong = KeyText.TryDecode(value, key);
        _publicKey = new WgPublicKey(key);

        // It may be a secret one, in the wrong place.
        CryptographicOperations.ZeroMemory(key);
        return wrong;
    }

    private string? SetPresharedKey(ReadOnlySpan<char> value)
    {
        Span<byte> key = stackalloc byte[KeyText.Size];
        string? wrong = KeyText.TryDecode(value, key);
        _presharedKey = new WgPresharedKey(key);
        CryptographicOperations.ZeroMemory(key);
        return wrong;
    }

    // Each line says anew whether the peer keeps what it has: a sign before any of its items.
    private string? AddAllowedIPs(ReadOnlySpan<char> value)
    {
        _keeps = false;
        for (int number = 1; ; number++)
        {
            int comma = value.IndexOf(',');
            ReadOnlySpan<char> item = comma < 0 ? value : value[..comma];
            bool removes = item.StartsWith('-');
            bool signed = removes || item.StartsWith('+');
            if (AllowedIP.TryParse(signed ? item[1..] : item, out AllowedIP allowed) is { } wrong)
                return $"item {number} {wrong}";
            _keeps |= signed;
            _removes |= removes;
            _allowed[allowed] = removes;
            if (comma < 0)
                return null;
            value = value[(comma + 1)..];
        }
    }

    private AllowedIP[] Those(bool removed) => [.. _allowed.Where(item => item.Value == removed).Select(item => item.Key)];
}
