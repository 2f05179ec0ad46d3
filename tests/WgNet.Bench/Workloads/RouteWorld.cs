using System.Globalization;

namespace WgNet.Bench;

/// <summary>Namespaces full of routes, made by ip(8): a tenth have two ways.</summary>
internal static class RouteWorld
{
    /// <summary>Two links whose far ends are in the same namespace, with addresses.</summary>
    public static string Linked(Stage stage, string hint)
    {
        string ns = stage.Namespace(hint);
        stage.Batch(ns, Enumerable.Range(0, 2).SelectMany(i => (string[])
        [
            $"link add eth{i} type veth peer name far{i}", $"link set far{i} up", $"link set eth{i} up", $"addr add 10.0.{i}.1/24 dev eth{i}",
        ]));
        return ns;
    }

    /// <summary>A namespace with this many routes by BIRD's protocol number.</summary>
    public static string Filled(Stage stage, int count, string hint = "routes")
    {
        string ns = Linked(stage, hint);
        stage.Batch(ns, Lines("add", count));
        return ns;
    }

    /// <summary>Lines for ip -batch.</summary>
    public static IEnumerable<string> Lines(string verb, int count) => Enumerable.Range(0, count).Select(i => i % 10 == 9
        ? $"route {verb} {Destination(i)} proto bird nexthop via 10.0.0.9 nexthop via 10.0.1.9 weight 2"
        : $"route {verb} {Destination(i)} proto bird via 10.0.{i % 2}.{9 + (i % 50)}");

    /// <summary>The destination of route number i: /24s from 16.0.0.0 on.</summary>
    public static string Destination(int i)
    {
        uint address = 0x10000000u + ((uint)i << 8);
        return string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.0/24");
    }

    public static string Path(string ns) => $"/run/netns/{ns}";

    /// <summary>1000000 as 1,000,000.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
