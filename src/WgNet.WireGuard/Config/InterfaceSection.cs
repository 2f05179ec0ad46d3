using System.Security.Cryptography;

namespace WgNet.WireGuard;

/// <summary>Gathers the settings of [Interface].</summary>
internal sealed class InterfaceSection
{
    private static readonly string[] s_hooks = ["PreUp", "PostUp", "PreDown", "PostDown"];
    private readonly List<string> _address = [];
    private readonly List<string> _dns = [];
    private readonly List<WgConfigHook> _hooks = [];
    private WgConfig _config = new();

    public static readonly string[] Names =
        ["PrivateKey", "ListenPort", "FwMark", "Address", "DNS", "MTU", "Table", "SaveConfig", .. s_hooks];

    public WgConfig Build() => _config with { Address = [.. _address], Dns = [.. _dns], Hooks = [.. _hooks] };

    /// <summary>Null on success, else what is wrong.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="value">Without white space; not empty.</param>
    /// <param name="raw">The line as it stands.</param>
    public string? Set(string name, ReadOnlySpan<char> value, ReadOnlySpan<char> raw)
    {
        switch (name)
        {
            case "PrivateKey":
                return SetPrivateKey(value);
            case "ListenPort":
                if (ConfigValues.Port(value, out ushort port) is { } badPort)
                    return badPort;
                _config = _config with { ListenPort = port };
                return null;
            case "FwMark":
                if (ConfigValues.FirewallMark(value, out uint mark) is { } badMark)
                    return badMark;
                _config = _config with { FirewallMark = mark };
                return null;
            default:
                return SetQuick(name, value, raw);
        }
    }

    private string? SetPrivateKey(ReadOnlySpan<char> value)
    {
        Span<byte> key = stackalloc byte[KeyText.Size];
        string? wrong = KeyText.TryDecode(value, key);
        if (wrong is null)
            _config = _config with { PrivateKey = new WgPrivateKey(key) };
        CryptographicOperations.ZeroMemory(key);
        return wrong;
    }

    private string? SetQuick(string name, ReadOnlySpan<char> value, ReadOnlySpan<char> raw)
    {
        switch (name)
        {
            case "Address":
                foreach (Range range in value.Split(','))
                {
                    if (ConfigValues.InterfaceAddress(value[range], out string address) is { } wrong)
                        return wrong;
                    _address.Add(address);
                }

                return null;
            case "DNS":
                foreach (Range range in value.Split(','))
                    _dns.Add(value[range].ToString());
                return null;
            case "MTU":
                if (!AddressText.TryNumber(value, int.MaxValue, out uint mtu))
                    return "is not a number.";
                _config = _config with { Mtu = (int)mtu };
                return null;
            case "Table":
                _config = _config with { Table = value.ToString() };
                return null;
            case "SaveConfig":
                if (!bool.TryParse(value, out bool save))
                    return "is neither true nor false.";
                _config = _config with { SaveConfig = save };
                return null;
            default:
                _hooks.Add(new WgConfigHook(name, raw[(raw.IndexOf('=') + 1)..].Trim().ToString()));
                return null;
        }
    }
}
