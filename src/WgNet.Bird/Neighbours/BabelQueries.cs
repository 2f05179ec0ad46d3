namespace WgNet.Bird;

/// <summary>What <c>show babel interfaces</c>, <c>neighbors</c>, <c>entries</c> and <c>routes</c> answer; nothing when no Babel runs.</summary>
public static class BabelQueries
{
    private const string Kind = "Babel";

    /// <summary>The interfaces of one Babel protocol, or of all.</summary>
    public static IEnumerable<BirdBabelInterface> BabelInterfaces(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ParseInterfaces(KindReplies.Lines(client, "show babel interfaces", Kind, protocol), client.ControlSocket, client.Unknown);
    }

    /// <summary>The neighbours of one Babel protocol, or of all.</summary>
    public static IEnumerable<BirdBabelNeighbor> BabelNeighbors(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ParseNeighbors(KindReplies.Lines(client, "show babel neighbors", Kind, protocol), client.ControlSocket, client.Unknown);
    }

    /// <summary>The routes that neighbours announced to one Babel protocol, or to all.</summary>
    public static IEnumerable<BirdBabelRoute> BabelRoutes(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ParseRoutes(KindReplies.Lines(client, "show babel routes", Kind, protocol), client.ControlSocket, client.Unknown);
    }

    /// <summary>The destinations that one Babel protocol, or all, know.</summary>
    public static IEnumerable<BirdBabelEntry> BabelEntries(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ParseEntries(KindReplies.Lines(client, "show babel entries", Kind, protocol), client.ControlSocket, client.Unknown);
    }

    // "eth0 Up No 96 1 0.940 10.9.0.1 fe80::1"
    internal static IEnumerable<BirdBabelInterface> ParseInterfaces(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown) =>
        KindReplies.Rows(
            lines,
            "Interface ",
            (words, protocol) => words.Length >= 6 && Detail.Number(words[3]) is { } cost && Detail.Number(words[4]) is { } neighbors
                ? new BirdBabelInterface
                {
                    Protocol = protocol,
                    Name = words[0],
                    State = words[1],
                    Authentication = words[2],
                    ReceiveCost = cost,
                    Neighbors = neighbors,
                    Timer = Detail.Seconds(words[5]),
                    NextHop4 = Given(words.ElementAtOrDefault(6)),
                    NextHop6 = Given(words.ElementAtOrDefault(7)),
                    ControlSocket = controlSocket,
                }
                : null,
            unknown);

    // "fe80::1 eth0 96 12 16 0.805 No 0.098"; 2.0 measures no round trips.
    internal static IEnumerable<BirdBabelNeighbor> ParseNeighbors(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown) =>
        KindReplies.Rows(
            lines,
            "IP address",
            (words, protocol) => words.Length >= 6 && Detail.Number(words[2]) is { } metric && Detail.Number(words[3]) is { } routes && Detail.Number(words[4]) is { } hellos
                ? new BirdBabelNeighbor
                {
                    Protocol = protocol,
                    Address = words[0],
                    InterfaceName = words[1],
                    Metric = metric,
                    Routes = routes,
                    Hellos = hellos,
                    Expires = Detail.Seconds(words[5]),
                    Authentication = words.ElementAtOrDefault(6),
                    RoundTrip = Detail.Seconds(words.ElementAtOrDefault(7)) / 1000,
                    ControlSocket = controlSocket,
                }
                : null,
            unknown);

    // "10.0.0.0/8 10.9.0.2 eth0 96 * 1 6.233": read from the end, since a prefix may have a source ("... from ...") and the mark may be a blank.
    internal static IEnumerable<BirdBabelRoute> ParseRoutes(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown) =>
        KindReplies.Rows(
            lines,
            "Prefix ",
            (words, protocol) =>
            {
                if (words.Length < 6)
                    return null;
                string? mark = words[^3] is "*" or "+" ? words[^3] : null;
                int metricAt = words.Length - (mark is null ? 3 : 4);
                return metricAt >= 3 && Detail.Number(words[metricAt]) is { } metric && Detail.Number(words[^2]) is { } sequence
                    ? new BirdBabelRoute
                    {
                        Protocol = protocol,
                        Prefix = string.Join(' ', words[..(metricAt - 2)]),
                        NextHop = words[metricAt - 2],
                        InterfaceName = words[metricAt - 1],
                        Metric = metric,
                        Selected = mark == "*",
                        Feasible = mark is not null,
                        Sequence = sequence,
                        Expires = Detail.Seconds(words[^1]),
                        ControlSocket = controlSocket,
                    }
                    : null;
            },
            unknown);

    // "10.0.0.0/8 00:00:00:00:0a:09:00:02 96 1 1 0", or "10.0.0.0/8 <none> - - 0 1"; a prefix may have a source.
    internal static IEnumerable<BirdBabelEntry> ParseEntries(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown) =>
        KindReplies.Rows(
            lines,
            "Prefix ",
            (words, protocol) => words.Length >= 6 && Detail.Number(words[^2]) is { } routes && Detail.Number(words[^1]) is { } sources
                ? new BirdBabelEntry
                {
                    Protocol = protocol,
                    Prefix = string.Join(' ', words[..^5]),
                    RouterId = words[^5] is "<none>" ? null : words[^5],
                    Metric = Detail.Number(words[^4]),
                    Sequence = Detail.Number(words[^3]),
                    Routes = routes,
                    Sources = sources,
                    ControlSocket = controlSocket,
                }
                : null,
            unknown);

    private static string? Given(string? address) => address is "::" or "0.0.0.0" ? null : address;
}
