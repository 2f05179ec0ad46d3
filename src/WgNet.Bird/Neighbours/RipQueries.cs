namespace WgNet.Bird;

/// <summary>What <c>show rip interfaces</c> and <c>neighbors</c> answer; nothing when no RIP runs.</summary>
public static class RipQueries
{
    private const string Kind = "RIP";

    /// <summary>The interfaces of one RIP protocol, or of all.</summary>
    public static IEnumerable<BirdRipInterface> RipInterfaces(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ParseInterfaces(KindReplies.Lines(client, "show rip interfaces", Kind, protocol), client.ControlSocket, client.Unknown);
    }

    /// <summary>The neighbours of one RIP protocol, or of all.</summary>
    public static IEnumerable<BirdRipNeighbor> RipNeighbors(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ParseNeighbors(KindReplies.Lines(client, "show rip neighbors", Kind, protocol), client.ControlSocket, client.Unknown);
    }

    // "eth1 Up 1 1 1.519"
    internal static IEnumerable<BirdRipInterface> ParseInterfaces(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown) =>
        KindReplies.Rows(
            lines,
            "Interface ",
            (words, protocol) => words.Length >= 5 && Detail.Number(words[2]) is { } metric && Detail.Number(words[3]) is { } neighbors
                ? new BirdRipInterface
                {
                    Protocol = protocol,
                    Name = words[0],
                    State = words[1],
                    Metric = metric,
                    Neighbors = neighbors,
                    Timer = Detail.Seconds(words[4]),
                    ControlSocket = controlSocket,
                }
                : null,
            unknown);

    // "10.9.1.2 eth1 1 12 3.072"
    internal static IEnumerable<BirdRipNeighbor> ParseNeighbors(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown) =>
        KindReplies.Rows(
            lines,
            "IP address",
            (words, protocol) => words.Length >= 5 && Detail.Number(words[2]) is { } metric && Detail.Number(words[3]) is { } routes
                ? new BirdRipNeighbor
                {
                    Protocol = protocol,
                    Address = words[0],
                    InterfaceName = words[1],
                    Metric = metric,
                    Routes = routes,
                    Seen = Detail.Seconds(words[4]),
                    ControlSocket = controlSocket,
                }
                : null,
            unknown);
}
