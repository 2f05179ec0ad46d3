using System.Globalization;
using System.Text;
using CsCheck;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>Tables written as BIRD writes them read back as what was written, overflowing columns included.</summary>
public sealed class RenderedTableTests
{
    private static readonly DateTime s_now = new(2026, 11, 22, 15, 0, 0, DateTimeKind.Local);

    private static readonly string[] s_states = ["up", "down", "start", "flush"];
    private static readonly string[] s_infos = ["", "Established", "Idle          BGP Error: Bad peer AS", "a <=> b"];

    private static readonly Gen<string> s_name = Gen.Char["abcxyzABCXYZ0189_.:-"].Array[1, 30].Select(chars => "n" + new string(chars));

    private static readonly Gen<string> s_address = Gen.OneOf(
        Gen.Byte.Array[4].Select(bytes => new System.Net.IPAddress(bytes).ToString()),
        Gen.Byte.Array[16].Select(bytes => new System.Net.IPAddress(bytes).ToString()));

    private static readonly Gen<BirdNextHop> s_hop = Gen.Select(s_address, s_name, Gen.Bool, Gen.Bool, Gen.UInt[0, 1_048_575].Array[0, 3])
        .Select((address, name, link, onLink, labels) => new BirdNextHop { Gateway = link ? null : address, InterfaceName = name, OnLink = onLink, MplsLabels = labels });

    private static readonly Gen<Made> s_route = Gen.Select(
            Gen.Select(s_address, Gen.Int[0, 32], Gen.Int[0, 3]),
            Gen.Select(s_name, Gen.Int[0, 68_399_999], Gen.Bool, s_address),
            Gen.Select(s_hop.Array[1, 4], Gen.Int[1, 256].Array[4]),
            Gen.Select(Gen.Int[0, 65535], Gen.Int[0, 2], Gen.UInt, Gen.Int[0, 2]),
            Gen.Select(Gen.Bool, Gen.Bool))
        .Select((prefix, origin, hops, info, marks) => Compose(prefix, origin, hops, info, marks));

    [Fact]
    public void Routes() => Gen.Select(s_name, s_route.Array[0, 8]).Array[0, 3].Sample(
        tables =>
        {
            var text = new StringBuilder();
            var expected = new List<string>();
            foreach ((string table, Made[] routes) in tables)
            {
                text.Append(text.Length == 0 ? "1007-" : " \n ").Append("Table ").Append(table).Append(":\n");
                string previous = "";
                foreach (Made route in routes)
                {
                    text.Append(' ').Append(Render(route, previous));
                    previous = route.Prefix;
                    expected.Add($"{table} {Describe(route)}");
                }
            }

            text.Append("0000 \n");
            Assert.Equal(expected, ParseRoutes(text.ToString()).Select(route => $"{route.Table} {Describe(route)}"));
        },
        iter: 2000);

    [Fact]
    public void Protocols() => Gen.Select(s_name, s_name, s_name, Gen.Int[0, 3].Select(i => s_states[i]), Gen.Int[0, 68_399_999], Gen.Bool, Gen.Int[0, 3].Select(i => s_infos[i]))
        .Array[0, 10]
        .Sample(
            rows =>
            {
                var parser = new ProtocolParser(new BirdClock(s_now), "", detail: false, line => Assert.Fail(line));
                var found = new List<BirdProtocol?> { parser.Feed(new BirdReplyLine { Code = 2002, Text = "Name       Proto      Table      State  Since         Info", ControlSocket = "" }) };
                foreach ((string name, string kind, string table, string state, int age, bool whole, string info) in rows)
                {
                    string text = FormattableString.Invariant($"{name,-10} {kind,-10} {table,-10} {state,-6} {Time(age, whole),-12}  {info}");
                    found.Add(parser.Feed(new BirdReplyLine { Code = 1002, Text = text, ControlSocket = "" }));
                }

                found.Add(parser.Finish());
                Assert.Equal(
                    rows.Select(row => (row.Item1, row.Item2, (string?)row.Item3, row.Item4, (DateTime?)s_now.AddMilliseconds(-row.Item5), row.Item7.Replace("          ", " ", StringComparison.Ordinal))),
                    found.OfType<BirdProtocol>().Select(protocol => (protocol.Name, protocol.Protocol, protocol.Table, protocol.State, protocol.Since, protocol.Info)));
            },
            iter: 2000);

    internal static List<BirdRoute> ParseRoutes(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using var reader = new ReplyReader(new PieceSource(bytes, [bytes.Length]));
        var parser = new RouteParser(new BirdClock(s_now), "", detail: false, line => Assert.Fail(Encoding.UTF8.GetString(line)));
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

    private static Made Compose((string, int, int) prefix, (string, int, bool, string) origin, (BirdNextHop[], int[]) hops, (int, int, uint, int) info, (bool, bool) marks)
    {
        bool unicast = prefix.Item3 == 0;
        int count = hops.Item1.Length;
        return new Made
        {
            Prefix = $"{prefix.Item1}/{prefix.Item2}",
            Type = new[] { "unicast", "unreachable", "blackhole", "prohibited" }[prefix.Item3],
            Protocol = origin.Item1,
            Since = s_now.AddMilliseconds(-origin.Item2),
            From = origin.Item3 ? origin.Item4 : null,
            Primary = marks.Item1,
            SyncFailed = marks.Item1 && marks.Item2,
            Preference = info.Item1,
            Metric = info.Item2 > 0 ? info.Item3 : null,
            Metric2 = info.Item2 > 1 ? info.Item3 / 2 : null,
            OriginAS = info.Item4 == 2 ? info.Item3 : null,
            Origin = info.Item4 == 0 ? null : "Incomplete",
            NextHops = !unicast ? [] : [.. hops.Item1.Select((hop, i) => new BirdNextHop { Gateway = hop.Gateway, InterfaceName = hop.InterfaceName, OnLink = hop.OnLink, MplsLabels = hop.MplsLabels, Weight = count > 1 ? hops.Item2[i] : null })],
        };
    }

    // nest/rt-show.c, rt_show_rte.
    private static string Render(Made route, string previous)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(route.Prefix == previous ? "" : route.Prefix),-20} {route.Type} [{route.Protocol} {Time((int)(s_now - route.Since!.Value).TotalMilliseconds, whole: false)}");
        text.Append(route.From is null ? "]" : $" from {route.From}]").Append(route.SyncFailed ? " !" : route.Primary ? " *" : "");
        text.Append(CultureInfo.InvariantCulture, $" ({route.Preference}{(route.Metric is null ? "" : $"/{route.Metric}")}{(route.Metric2 is null ? "" : $"/{route.Metric2}")})");
        if (route.Origin is not null)
            text.Append(route.OriginAS is null ? " [?]" : $" [AS{route.OriginAS}?]");
        text.Append('\n');
        foreach (BirdNextHop hop in route.NextHops)
        {
            text.Append(hop.Gateway is null ? $" \tdev {hop.InterfaceName}" : $" \tvia {hop.Gateway} on {hop.InterfaceName}");
            text.Append(hop.MplsLabels.Length == 0 ? "" : $" mpls {string.Join('/', hop.MplsLabels)}").Append(hop.OnLink ? " onlink" : "").Append(hop.Weight is null ? "" : $" weight {hop.Weight}").Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(BirdRoute route) => Describe(new Made
    {
        Prefix = route.Prefix,
        Type = route.Type,
        Protocol = route.Protocol!,
        Since = route.Since,
        From = route.From,
        Primary = route.Primary,
        SyncFailed = route.SyncFailed,
        Preference = route.Preference ?? -1,
        Metric = route.Metric,
        Metric2 = route.Metric2,
        OriginAS = route.OriginAS,
        Origin = route.Origin,
        NextHops = route.NextHops,
    });

    private static string Describe(Made route) =>
        $"{route.Prefix} {route.Type} {route.Protocol} {route.Since:O} {route.From} {route.Primary} {route.SyncFailed} {route.Preference} {route.Metric} {route.Metric2} {route.OriginAS} {route.Origin} "
        + string.Join(", ", route.NextHops.Select(hop => $"{hop.Gateway} {hop.InterfaceName} {hop.Weight} {hop.OnLink} {string.Join('/', hop.MplsLabels)} {hop.Other}"));

    private static string Time(int millisecondsAgo, bool whole) =>
        s_now.AddMilliseconds(-millisecondsAgo).ToString(whole ? "yyyy-MM-dd HH:mm:ss.fff" : "HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private sealed record Made
    {
        public required string Prefix { get; init; }

        public required string Type { get; init; }

        public required string Protocol { get; init; }

        public required DateTime? Since { get; init; }

        public required string? From { get; init; }

        public required bool Primary { get; init; }

        public required bool SyncFailed { get; init; }

        public required int Preference { get; init; }

        public required long? Metric { get; init; }

        public required long? Metric2 { get; init; }

        public required uint? OriginAS { get; init; }

        public required string? Origin { get; init; }

        public required BirdNextHop[] NextHops { get; init; }
    }
}
