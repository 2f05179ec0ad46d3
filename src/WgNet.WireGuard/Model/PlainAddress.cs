using System.Net;

namespace WgNet.WireGuard;

/// <summary>
/// Addresses in the plain forms that daemons and people write, read from bytes: four decimal parts, or hexadecimal groups with at most one
/// "::". What is anything else is left to <see cref="AddressText"/>, which reads all forms.
/// </summary>
internal static class PlainAddress
{
    /// <summary>Reads an address; null where it is not of a plain form.</summary>
    public static IPAddress? TryParse(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        return Read(text, bytes) is > 0 and int size ? new IPAddress(bytes[..size]) : null;
    }

    /// <summary>Reads an address into 16 bytes; its size, or 0 where it is not of a plain form.</summary>
    public static int Read(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        // Behind the first group, which has four digits at most.
        foreach (byte one in text[..Math.Min(5, text.Length)])
        {
            if (one == ':')
                return Groups(text, bytes) ? 16 : 0;
        }

        return Quad(text, bytes) ? 4 : 0;
    }

    /// <summary>Reads a number of digits alone, without leading zeros; -1 where it is none or too large.</summary>
    public static int Number(ReadOnlySpan<byte> text, int most)
    {
        if (text.Length is 0 or > 5 || (text.Length > 1 && text[0] == '0'))
            return -1;
        int value = 0;
        foreach (byte one in text)
        {
            int digit = one - '0';
            if ((uint)digit > 9)
                return -1;
            value = (10 * value) + digit;
        }

        return value <= most ? value : -1;
    }

    private static bool Quad(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int at = 0, part = 0, digits = 0;
        foreach (byte one in text)
        {
            uint digit = (uint)(one - '0');
            if (digit <= 9)
            {
                // No leading zeros: some read them as octal.
                if (digits > 0 && part == 0)
                    return false;
                part = (10 * part) + (int)digit;
                digits++;
                if (part > byte.MaxValue)
                    return false;
            }
            else
            {
                if (one != '.' || digits == 0 || at == 3)
                    return false;
                bytes[at++] = (byte)part;
                (part, digits) = (0, 0);
            }
        }

        bytes[3] = (byte)part;
        return at == 3 && digits > 0;
    }

    private static bool Groups(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int at = 0, gap = -1, i = 0;
        if (text.StartsWith("::"u8))
            (gap, i) = (0, 2);
        while (i < text.Length)
        {
            int value = 0, start = i;
            while (i < text.Length && Digit(text[i]) is >= 0 and int digit)
            {
                value = (value << 4) | digit;
                i++;
            }

            if (i == start || i - start > 4 || at == 16)
                return false;
            bytes[at++] = (byte)(value >> 8);
            bytes[at++] = (byte)value;
            if (i == text.Length)
                break;
            if (text[i++] != ':' || i == text.Length)
                return false;
            if (text[i] == ':')
            {
                if (gap >= 0)
                    return false;
                gap = at;
                i++;
            }
        }

        if (gap < 0)
            return at == 16;
        if (at == 16)
            return false;

        // What stands behind the gap belongs at the end.
        int tail = at - gap;
        bytes[gap..at].CopyTo(bytes[(16 - tail)..]);
        bytes[gap..(16 - tail)].Clear();
        return true;
    }

    private static int Digit(byte one)
    {
        int digit = one - '0', letter = (one | 0x20) - 'a';
        return (uint)digit <= 9 ? digit : (uint)letter <= 5 ? letter + 10 : -1;
    }
}
