namespace WgNet.WireGuard;

/// <summary>Ports as getaddrinfo(3) reads them for UDP: a number, or a name of /etc/services.</summary>
internal static class ServicePort
{
    private const string Services = "/etc/services";

    public static bool TryParse(ReadOnlySpan<char> text, out ushort port)
    {
        port = 0;
        if (text.IsEmpty)
            return false;
        if (AddressText.TryNumber(text, ushort.MaxValue, out uint number))
        {
            port = (ushort)number;
            return true;
        }

        // Names hold a letter (RFC 6335 section 5.1): what is digits only is a number out of range.
        return text.IndexOfAnyExceptInRange('0', '9') >= 0 && TryService(text.ToString(), out port);
    }

    private static bool TryService(string name, out ushort port)
    {
        port = 0;
        try
        {
            foreach (string line in File.ReadLines(Services))
            {
                // name port/protocol alias… # comment
                string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (words.Length >= 2 && words[1].EndsWith("/udp", StringComparison.Ordinal)
                    && (words[0] == name || words.AsSpan(2).Contains(name)))
                {
                    return ushort.TryParse(words[1].AsSpan(0, words[1].Length - 4), out port);
                }
            }
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            // Without the list there are no names.
        }

        return false;
    }
}
