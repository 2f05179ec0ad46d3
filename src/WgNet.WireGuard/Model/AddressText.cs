using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace WgNet.WireGuard;

/// <summary>
/// Addresses as inet_pton(3) reads them, which is what wg(8) uses. <see cref="IPAddress.TryParse(ReadOnlySpan{char}, out IPAddress)"/> is
/// laxer: it takes "1", octal and hexadecimal parts, brackets and zones.
/// </summary>
internal static class AddressText
{
    private const int LongestAddress = 45;
    private static readonly SearchValues<char> s_characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    public static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.Length > LongestAddress)
            return false;
        int colon = text.LastIndexOf(':');
        if (colon < 0)
            return IsQuad(text) && IPAddress.TryParse(text, out address!);
        if (text.ContainsAnyExcept(s_characters))
            return false;
        if (text.Contains('.') && !IsQuad(text[(colon + 1)..]))
            return false;
        return IPAddress.TryParse(text, out address!) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    /// <summary>A number without sign, blank or surplus: what the C library takes for a mask or a port.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, uint limit, out uint value)
    {
        value = 0;
        return text.Length is > 0 and <= 10 && text.IndexOfAnyExceptInRange('0', '9') < 0
            && uint.TryParse(text, System.Globalization.NumberStyles.None, null, out value) && value <= limit;
    }

    private static bool IsQuad(ReadOnlySpan<char> text)
    {
        int parts = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            if (++parts > 4 || part.Length > 3 || (part.Length > 1 && part[0] == '0') || !TryNumber(part, byte.MaxValue, out _))
                return false;
        }

        return parts == 4;
    }
}
