using System.Globalization;

namespace WgNet.WireGuard;

/// <summary>
/// The values of a configuration, as wireguard-tools reads them (config.c). Each returns null on success, else what is wrong as a sentence
/// that follows the key's name and does not repeat the value.
/// </summary>
internal static class ConfigValues
{
    public static string? Port(ReadOnlySpan<char> text, out ushort port) =>
        ServicePort.TryParse(text, out port) ? null : "is neither a number from 0 to 65535 nor a UDP service of /etc/services.";

    public static string? FirewallMark(ReadOnlySpan<char> text, out uint mark)
    {
        if (text.Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            mark = 0;
            return null;
        }

        // "0x" is hexadecimal, "0X" is not; other leading zeros are decimal.
        bool good = text.StartsWith("0x", StringComparison.Ordinal)
            ? uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out mark)
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out mark);
        return good ? null : "is not off, a number up to 4294967295, or 0x and up to 8 hexadecimal digits.";
    }

    public static string? Keepalive(ReadOnlySpan<char> text, out ushort seconds)
    {
        seconds = 0;
        return text.Equals("off", StringComparison.OrdinalIgnoreCase) || ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
            ? null
            : "is neither off nor a number from 0 to 65535.";
    }

    /// <summary>An address of an interface: its host bits stay.</summary>
    public static string? InterfaceAddress(ReadOnlySpan<char> text, out string address)
    {
        int slash = text.IndexOf('/');
        address = "";
        if (AllowedIP.TryParse(text, out AllowedIP network) is not null || !AddressText.TryParse(slash < 0 ? text : text[..slash], out System.Net.IPAddress host))
            return "has an item that is not an IPv4 or IPv6 address with an optional /length.";
        address = $"{host}/{network.PrefixLength}";
        return null;
    }
}
