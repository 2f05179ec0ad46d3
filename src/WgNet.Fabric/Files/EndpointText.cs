using System.Net;
using System.Net.Sockets;
using WgNet.WireGuard;

namespace WgNet.Fabric;

/// <summary>What an endpoint in the file may be: an address or a host name, without a port, since ports follow from the numbers.</summary>
internal static class EndpointText
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>Null: it serves. Else the sentence that says what is wrong, to follow the value.</summary>
    public static string? Objection(string text)
    {
        if (AddressText.TryParse(text, out IPAddress address))
            return OfAddress(address);
        if (WgEndpoint.TryParse(text, out WgEndpoint? endpoint) is null)
            return $"has a port. Give '{endpoint!.Host}' alone: each tunnel has a port of its own, BasePort and a gateway's number.";
        if (text.StartsWith('[') && text.EndsWith(']'))
            return "stands in brackets. Give the address without them.";
        if (text.Contains('/', StringComparison.Ordinal))
            return "holds a slash. Give one address, without a length, or a host name.";
        return IsHostName(text) ? null : "is neither an address nor a host name.";
    }

    private static string? OfAddress(IPAddress address)
    {
        bool ipv4 = address.AddressFamily == AddressFamily.InterNetwork;
        bool multicast = ipv4 ? address.GetAddressBytes()[0] >= 224 : address.IsIPv6Multicast;
        if (multicast || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || IPAddress.IsLoopback(address))
            return "is no address that another gateway could send to.";
        if (address.IsIPv6LinkLocal)
            return "is a link-local address, which means nothing without an interface. Give a global one.";
        return address.IsIPv4MappedToIPv6 ? $"is an IPv4 address in IPv6's clothes. Give '{address.MapToIPv4()}'." : null;
    }

    // A name whose last label is a number is a mistyped address.
    private static bool IsHostName(string text)
    {
        string[] labels = text.TrimEnd('.').Split('.');
        return text.Length is > 0 and <= LongestName && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) => label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
