using System.Text.Json;

namespace WgNet.UnitTests.Netlink;

/// <summary>What ip(8) printed (-d -j) for the namespace whose datagrams were recorded, as lines to compare with.</summary>
internal static class IpJson
{
    /// <summary>Without the index of wg5, which was made anew when the datagrams were recorded.</summary>
    public static IEnumerable<string> Links() => Objects("d-j-link").Select(link => string.Join(' ',
        link.Text("ifname"),
        link.Text("ifname") == "wg5" ? "-" : link.Text("ifindex"),
        link.TryGetProperty("linkinfo", out JsonElement info) ? info.Text("info_kind") : "loopback",
        link.Text("operstate"),
        link.Text("mtu"),
        link.TryGetProperty("address", out _) ? link.Text("address") : "-",
        link.TryGetProperty("link_index", out _) ? link.Text("link_index") : "0",
        link.TryGetProperty("link_netnsid", out _) ? link.Text("link_netnsid") : "-",
        string.Join('+', link.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!.Replace("_", "", StringComparison.Ordinal).Replace("POINTOPOINT", "POINTTOPOINT", StringComparison.Ordinal)).Order(StringComparer.Ordinal))));

    public static IEnumerable<string> Addresses() => Objects("d-j-addr").SelectMany(link => link.GetProperty("addr_info").EnumerateArray().Select(address =>
        string.Join(' ', link.Text("ifname"), $"{address.Text("local")}/{address.Text("prefixlen")}", address.Text("scope"), Lifetime(address.Text("valid_life_time")))));

    /// <summary>Without the ways by wg5 that share: its BGP session had failed when the datagrams were recorded.</summary>
    public static IEnumerable<string> Routes(int family) => Objects($"{family}-d-j-route-all").Select(route => string.Join(' ',
        route.Text("type"),
        Destination(route.Text("dst"), family),
        route.Text("protocol"),
        route.TryGetProperty("metric", out _) ? route.Text("metric") : "0",
        route.Text("table"),
        route.Text("scope"),
        route.TryGetProperty("prefsrc", out _) ? route.Text("prefsrc") : "-",
        string.Join(", ", route.TryGetProperty("nexthops", out JsonElement hops) ? hops.EnumerateArray().Where(hop => hop.Text("dev") != "wg5").Select(hop => Hop(hop, hop.Text("weight"))) : [Hop(route, "1")])));

    private static JsonElement[] Objects(string name) => [.. JsonDocument.Parse(Fixture.Text($"iproute2/ip-{name}.json")).RootElement.EnumerateArray()];

    private static string Text(this JsonElement element, string property) => element.GetProperty(property).ToString();

    private static string Hop(JsonElement hop, string weight) => $"{(hop.TryGetProperty("gateway", out _) ? hop.Text("gateway") : "-")} {hop.Text("dev")} {weight}";

    private static string Destination(string text, int family) => text switch
    {
        "default" => family == 4 ? "0.0.0.0/0" : "::/0",
        _ when text.Contains('/') => text,
        _ => text + (family == 4 ? "/32" : "/128"),
    };

    private static string Lifetime(string seconds) => seconds == "4294967295" ? "forever" : seconds;
}
