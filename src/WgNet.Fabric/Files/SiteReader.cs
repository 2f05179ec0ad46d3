using System.Net;
using System.Net.Sockets;
using WgNet.WireGuard;

namespace WgNet.Fabric;

/// <summary>Reads the sites and gateways of a file, each value for itself; what they must be to each other is checked later.</summary>
internal static class SiteReader
{
    public static SiteDraft[] Read(MapReader fabric)
    {
        if (!fabric.Has("Sites"))
            fabric.Missing("Sites", "list the sites, each with a Name, its Prefixes and its Gateways");
        SiteDraft[] sites = [.. fabric.Maps("Sites", FileKeys.Site, "a site: a table with Name, Prefixes and Gateways").Select(Site)];
        if (fabric.Has("Sites") && !fabric.Items("Sites").Any())
            fabric.Problems.Add(fabric.At("Sites"), "FabricMissingKey", "There is no site in the list. Give at least one.");
        return sites;
    }

    private static SiteDraft Site(MapReader map)
    {
        var site = new SiteDraft(map)
        {
            Name = FileNames.Of(map, "Name", "the site's name"),
            ASNumber = (uint?)map.Number("ASNumber", 1, uint.MaxValue),
            Number = (int?)map.Number("Number", 1, GatewayNumber.HighestSite),
            Prefixes = [.. map.Texts("Prefixes", "a prefix such as '10.0.1.0/24'").Select(text => Prefix(map, text)).OfType<Located<string>>()],
            Routers = [.. map.Texts("Routers", "an address").Where(text => IsRouter(map, text))],
            Gateways = [.. map.Maps("Gateways", FileKeys.Gateway, "a gateway: a table with Name and Endpoint").Select(Gateway)],
        };
        if (!map.Items("Gateways").Any())
            map.Missing("Gateways", "a site has at least one gateway, a table with Name and Endpoint");
        return site;
    }

    private static GatewayDraft Gateway(MapReader map) => new(map)
    {
        Name = FileNames.Of(map, "Name", "the gateway's name"),
        Number = (int?)map.Number("Number", 1, GatewayNumber.Highest),
        Endpoint = Endpoint(map),
        BehindNat = map.Flag("BehindNat") ?? false,
        HostName = HostName(map),
        PublicKey = PublicKey(map),
    };

    private static Located<string>? Prefix(MapReader map, Located<string> text)
    {
        string shown = FileProblems.Shown(text.Value);
        int slash = text.Value.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> host = slash < 0 ? text.Value : text.Value.AsSpan(0, slash);
        if (!AddressText.TryParse(host, out IPAddress address))
        {
            map.Problems.Add(text.Place, "FabricInvalidPrefix", $"'{shown}' is no prefix. Give one such as '10.0.1.0/24' or '2001:db8:a1::/64'.");
            return null;
        }

        int bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0 || !AddressText.TryNumber(text.Value.AsSpan(slash + 1), (uint)bits, out uint length))
        {
            map.Problems.Add(text.Place, "FabricInvalidPrefix", $"'{shown}' has no length from 0 to {bits} after a slash. Give one such as '{address}/{bits}'.");
            return null;
        }

        IPNetwork network = AddressRange.Network(address, (int)length);
        if (network.BaseAddress.Equals(address))
            return new Located<string>(network.ToString(), text.Place);
        map.Problems.Add(text.Place, "FabricInvalidPrefix", $"'{shown}' has bits set behind its length. The network is '{network}'.");
        return null;
    }

    private static bool IsRouter(MapReader map, Located<string> text)
    {
        if (AddressText.TryParse(text.Value, out _))
            return true;
        map.Problems.Add(text.Place, "FabricInvalidAddress", $"'{FileProblems.Shown(text.Value)}' is no address. Give the router's on the gateways' site network.");
        return false;
    }

    private static string? Endpoint(MapReader map)
    {
        if (map.Text("Endpoint") is not { } text)
            return null;
        if (EndpointText.Objection(text) is { } wrong)
        {
            map.Problems.Add(map.At("Endpoint"), "FabricInvalidEndpoint", $"'{FileProblems.Shown(text)}' {wrong}");
            return null;
        }

        return AddressText.TryParse(text, out IPAddress address) ? address.ToString() : text;
    }

    // It becomes a word of a command line: it must not be an option.
    private static string? HostName(MapReader map)
    {
        if (map.Text("HostName") is not { } text)
            return null;
        if (text.Length is > 0 and <= 255 && text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '@' or '%'))
            return text;
        map.Problems.Add(map.At("HostName"), "FabricInvalidName", $"'{FileProblems.Shown(text)}' is no host name or address under which the gateway could be administered.");
        return null;
    }

    private static WgPublicKey? PublicKey(MapReader map)
    {
        if (map.Text("PublicKey") is not { } text)
            return null;
        Span<byte> bytes = stackalloc byte[KeyText.Size];
        if (KeyText.TryDecode(text.Trim(), bytes) is not { } wrong)
            return new WgPublicKey(bytes);
        map.Problems.Add(map.At("PublicKey"), "FabricInvalidKey", $"The public key {wrong}");
        return null;
    }
}
