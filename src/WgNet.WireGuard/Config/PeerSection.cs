using System.Security.Cryptography;

namespace WgNet.WireGuard;

/// <summary>Gathers the settings of one [Peer].</summary>
internal sealed class PeerSection(int line)
{
    public static readonly string[] Names = ["PublicKey", "PresharedKey", "Endpoint", "AllowedIPs", "PersistentKeepalive"];

    // Whether each is taken away.
    private readonly OrderedDictionary<AllowedIP, bool> _allowed = [];
    private WgConfigPeer _peer = new() { PublicKey = null! };

    /// <summary>The line of its heading.</summary>
    public int Line { get; } = line;

    /// <summary>Whether a public key was given, good or bad.</summary>
    public bool HadPublicKey { get; private set; }

    public WgConfigPeer Build() => _peer with
    {
        AllowedIPs = [.. _allowed.Where(item => !item.Value).Select(item => item.Key)],
        RemovedAllowedIPs = [.. _allowed.Where(item => item.Value).Select(item => item.Key)],
    };

    /// <summary>Null on success, else what is wrong.</summary>
    public string? Set(string name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "PublicKey":
                HadPublicKey = true;
                return SetKey(value, key => _peer = _peer with { PublicKey = new WgPublicKey(key) });
            case "PresharedKey":
                return SetKey(value, key => _peer = _peer with { PresharedKey = new WgPresharedKey(key) });
            case "Endpoint":
                if (WgEndpoint.TryParse(value, out WgEndpoint? endpoint) is { } badEndpoint)
                    return badEndpoint;
                _peer = _peer with { Endpoint = endpoint };
                return null;
            case "PersistentKeepalive":
                if (ConfigValues.Keepalive(value, out ushort seconds) is { } badInterval)
                    return badInterval;
                _peer = _peer with { PersistentKeepalive = seconds };
                return null;
            default:
                return AddAllowedIPs(value);
        }
    }

    private static string? SetKey(ReadOnlySpan<char> value, Action<ReadOnlySpan<byte>> set)
    {
        Span<byte> key = stackalloc byte[KeyText.Size];
        string? wrong = KeyText.TryDecode(value, key);
        if (wrong is null)
            set(key);
        CryptographicOperations.ZeroMemory(key);
        return wrong;
    }

    // Each line says anew whether the peer keeps what it has: a sign before any of its items.
    private string? AddAllowedIPs(ReadOnlySpan<char> value)
    {
        bool keeps = false;
        int number = 0;
        foreach (Range range in value.Split(','))
        {
            ReadOnlySpan<char> item = value[range];
            number++;
            bool removes = item.StartsWith('-');
            bool signed = removes || item.StartsWith('+');
            keeps |= signed;
            if (AllowedIP.TryParse(signed ? item[1..] : item, out AllowedIP allowed) is { } wrong)
                return $"item {number} {wrong}";
            _allowed[allowed] = removes;
        }

        _peer = _peer with { KeepsAllowedIPs = keeps };
        return null;
    }
}
