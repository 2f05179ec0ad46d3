using System.Globalization;
using System.Text;
using CsCheck;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>The same BGP routes with all attributes, as BIRD 2 writes them and as BIRD 3 does, are the same objects.</summary>
public sealed class RenderedAttributesTests
{
    private static readonly DateTime s_now = new(2026, 11, 22, 15, 0, 0, DateTimeKind.Local);

    private static readonly Gen<string[]> s_communities = Gen.Select(Gen.UShort, Gen.UShort).Select((a, b) => $"({a},{b})").Array[0, 8];
    private static readonly Gen<string[]> s_large = Gen.Select(Gen.UInt, Gen.UInt, Gen.UInt).Select((a, b, c) => $"({a}, {b}, {c})").Array[0, 4];
    private static readonly Gen<string[]> s_extended = Gen.Select(Gen.Bool, Gen.UInt, Gen.UShort).Select((target, a, b) => $"({(target ? "rt" : "ro")}, {a}, {b})").Array[0, 4];

    private static readonly Gen<Made> s_route = Gen.Select(
            Gen.Select(Gen.Byte.Array[4], Gen.Int[0, 68_399_999], Gen.Int[1, 3]),
            Gen.Select(Gen.OneOf(Gen.UInt[1, uint.MaxValue].Select(number => $"{number}"), Gen.Const("{65001 65002}"), Gen.Const("(65003)")).Array[1, 6], Gen.Int[0, 2]),
            Gen.Select(Gen.UInt, Gen.UInt, Gen.Bool),
            Gen.Select(s_communities, s_large, s_extended),
            Gen.Select(Gen.Int[0, 65535], Gen.UInt))
        .Select((head, path, numbers, communities, rest) => new Made(
            $"{new System.Net.IPAddress(head.Item1)}/32",
            s_now.AddMilliseconds(-head.Item2),
            head.Item3,
            string.Join(' ', path.Item1),
            new[] { "IGP", "EGP", "Incomplete" }[path.Item2],
            numbers.Item1,
            numbers.Item3 ? numbers.Item2 : null,
            communities.Item1,
            communities.Item2,
            communities.Item3,
            rest.Item1,
            rest.Item2));

    [Fact]
    public void BIRD_2_and_BIRD_3_mean_the_same() => s_route.Array[0, 6].Sample(
        routes =>
        {
            string[] expected = [.. routes.Select(Describe)];
            Assert.Equal(expected, Parse(Text(routes, Bird2)).Select(Describe));
            List<BirdRoute> three = Parse(Text(routes, Bird3));
            Assert.Equal(expected, three.Select(Describe));
            Assert.Equal(routes.Select(route => $"0L 21G 0S id {route.Id}"), three.Select(route => route.Attributes["Internal route handling values"]));
        },
        iter: 2000);

    private static List<BirdRoute> Parse(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using var reader = new ReplyReader(new PieceSource(bytes, [bytes.Length]));
        var parser = new RouteParser(new BirdClock(s_now), "", detail: true, line => Assert.Fail(Encoding.UTF8.GetString(line)));
        var routes = new List<BirdRoute>();
        while (reader.Read(out ReplyLine line))
        {
            if (parser.Feed(line) is { } route)
                routes.Add(route);
        }

        if (parser.Finish() is { } last)
            routes.Add(last);
        return routes;
    }

    private static string Text(Made[] routes, Action<StringBuilder, Made> render)
    {
        var text = new StringBuilder("1007-Table master4:\n");
        string previous = "";
        foreach (Made route in routes)
        {
            text.Append(CultureInfo.InvariantCulture, $"1007-{(route.Prefix == previous ? "" : route.Prefix),-20} unicast [UP ");
            previous = route.Prefix;
            render(text, route);
        }

        return text.Append("0000 \n").ToString();
    }

    // nest/rt-show.c and nest/rt-attr.c of 2.0.
    private static void Bird2(StringBuilder text, Made route)
    {
        text.Append(CultureInfo.InvariantCulture, $"{route.Since:HH:mm:ss.fff}] * ({route.Preference}) [AS65002i]\n");
        Hops(text, route);
        text.Append("1008-\tType: BGP univ\n1012-");
        Attribute(text, "BGP.origin", route.Origin, first: true);
        Attribute(text, "BGP.as_path", route.Path);
        Attribute(text, "BGP.next_hop", "10.9.0.2");
        if (route.Med is not null)
            Attribute(text, "BGP.med", $"{route.Med}");
        Attribute(text, "BGP.local_pref", $"{route.LocalPref}");
        List(text, "BGP.community", route.Communities);
        List(text, "BGP.ext_community", route.Extended);
        List(text, "BGP.large_community", route.Large);
    }

    // nest/rt-show.c and nest/rt-attr.c of 3.1.
    private static void Bird3(StringBuilder text, Made route)
    {
        text.Append(CultureInfo.InvariantCulture, $"{route.Since:yyyy-MM-dd HH:mm:ss.fff}] * ({route.Preference}) [AS65002i]\n");
        Hops(text, route);
        text.Append("1012-");
        Attribute(text, "preference", $"{route.Preference}", first: true);
        Attribute(text, "from", "10.9.0.2");
        Attribute(text, "source", "BGP");
        Attribute(text, "bgp_origin", route.Origin);
        Attribute(text, "bgp_path", route.Path);
        Attribute(text, "bgp_next_hop", "10.9.0.2");
        if (route.Med is not null)
            Attribute(text, "bgp_med", $"{route.Med}");
        Attribute(text, "bgp_local_pref", $"{route.LocalPref}");
        List(text, "bgp_community", route.Communities);
        List(text, "bgp_ext_community", route.Extended);
        List(text, "bgp_large_community", route.Large);
        text.Append(CultureInfo.InvariantCulture, $"1008-\tInternal route handling values: 0L 21G 0S id {route.Id}\n");
    }

    private static void Hops(StringBuilder text, Made route)
    {
        for (int i = 0; i < route.Hops; i++)
            text.Append(CultureInfo.InvariantCulture, $" \tvia 10.9.{i}.2 on eth{i}{(route.Hops > 1 ? $" weight {i + 1}" : "")}\n");
    }

    private static void Attribute(StringBuilder text, string name, string value, bool first = false) => text.Append(first ? "" : " ").Append('\t').Append(name).Append(": ").Append(value).Append('\n');

    // Long lists go on behind two tabs.
    private static void List(StringBuilder text, string name, string[] values)
    {
        if (values.Length > 0)
            Attribute(text, name, string.Join(" \n \t\t", values.Chunk(3).Select(chunk => string.Join(' ', chunk))));
    }

    private static string Describe(BirdRoute route) => Line(
        route.Prefix, route.Since, route.NextHops.Length, route.AsPath, route.Origin, route.LocalPref, route.Med, route.Preference, route.Source, route.BgpNextHop,
        route.Communities, route.LargeCommunities, route.ExtendedCommunities);

    private static string Describe(Made route) => Line(
        route.Prefix, route.Since, route.Hops, route.Path, route.Origin, route.LocalPref, route.Med, route.Preference, "BGP", "10.9.0.2",
        Plain(route.Communities), Plain(route.Large), Plain(route.Extended));

    private static string Line(
        string prefix, DateTime? since, int hops, string? path, string? origin, uint? localPref, uint? med, int? preference, string? source, string? nextHop,
        IEnumerable<string> communities, IEnumerable<string> large, IEnumerable<string> extended) => string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix} {since:O} {hops} {path} {origin} {localPref} {med} {preference} {source} {nextHop} {string.Join('|', communities)} {string.Join('|', large)} {string.Join('|', extended)}");

    private static IEnumerable<string> Plain(string[] tuples) => tuples.Select(tuple => tuple.Trim('(', ')').Replace(", ", ":", StringComparison.Ordinal).Replace(",", ":", StringComparison.Ordinal));

    private sealed record Made(
        string Prefix, DateTime Since, int Hops, string Path, string Origin, uint LocalPref, uint? Med, string[] Communities, string[] Large, string[] Extended, int Preference, uint Id);
}
