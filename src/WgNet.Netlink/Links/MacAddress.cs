using System.Globalization;

namespace WgNet.Netlink;

/// <summary>Hardware addresses as text: "50:54:33:00:01:02".</summary>
public static class MacAddress
{
    /// <summary>Reads six bytes, with colons or dashes between. Fault "InvalidMacAddress".</summary>
    public static byte[] Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', '-');
        var bytes = new byte[6];
        bool valid = parts.Length == bytes.Length;
        for (int i = 0; valid && i < bytes.Length; i++)
            valid = parts[i].Length is 1 or 2 && byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]);
        return valid
            ? bytes
            : throw new FaultException("InvalidMacAddress", FaultKind.InvalidArgument, $"'{text}' is not a MAC address such as 50:54:33:00:01:02.", text);
    }

    /// <summary>Lower case with colons, whatever the length; null for none.</summary>
    internal static string? Format(ReadOnlySpan<byte> bytes)
    {
        // Tunnels that have an IP address in this place are none of ours; 32 bytes is the kernel's MAX_ADDR_LEN.
        if (bytes.IsEmpty || bytes.Length > 32)
            return null;
        Span<char> text = stackalloc char[bytes.Length * 3];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i].TryFormat(text[(i * 3)..], out _, "x2", CultureInfo.InvariantCulture);
            text[(i * 3) + 2] = ':';
        }

        return new string(text[..^1]);
    }
}
