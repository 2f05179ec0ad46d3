namespace WgNet.Bird;

/// <summary>What <c>show ospf neighbors</c> and <c>show bfd sessions</c> answer.</summary>
public static class NeighbourQueries
{
    /// <summary>The neighbours of one OSPF protocol, or of all; nothing when no OSPF runs.</summary>
    public static IEnumerable<BirdOspfNeighbor> OspfNeighbors(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ParseOspf(KindReplies.Lines(client, "show ospf neighbors", "OSPF", protocol), client.ControlSocket, client.Unknown);
    }

    /// <summary>
    /// The routers and networks that one OSPF protocol, or each, knows and can reach; with <paramref name="all"/> those that it
    /// cannot reach too. Nothing when no OSPF runs.
    /// </summary>
    public static IEnumerable<BirdOspfNode> OspfTopology(this BirdClient client, string? protocol = null, bool all = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        string[] names = protocol is not null
            ? [protocol]
            : [.. client.Protocols().Where(one => one.Protocol == "OSPF" && one.State != "down").Select(one => one.Name)];
        string command = all ? "show ospf state all" : "show ospf state";
        return names.SelectMany(name => Bird.OspfTopology.Parse(
            KindReplies.Lines(client, command, "OSPF", name), name, client.ControlSocket, client.Unknown));
    }

    /// <summary>The sessions of one BFD protocol, or of all; nothing when no BFD runs.</summary>
    public static IEnumerable<BirdBfdSession> BfdSessions(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ParseBfd(KindReplies.Lines(client, "show bfd sessions", "BFD", protocol), client.Clock(), client.ControlSocket, client.Unknown);
    }

    internal static IEnumerable<BirdOspfNeighbor> ParseOspf(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown)
    {
        string protocol = "";
        foreach (BirdReplyLine line in lines)
        {
            if (line.Code == ReplyCode.OspfNeighbor && TryOspf(line.Text, protocol, controlSocket) is { } neighbour)
                yield return neighbour;
            else if (!KindReplies.IsFurniture(line.Text, ref protocol, "Router ID"))
                unknown(line.Text);
        }
    }

    internal static IEnumerable<BirdBfdSession> ParseBfd(IEnumerable<BirdReplyLine> lines, BirdClock clock, string controlSocket, Action<string> unknown)
    {
        string protocol = "";
        foreach (BirdReplyLine line in lines)
        {
            if (line.Code == ReplyCode.BfdSession && TryBfd(line.Text, protocol, clock, controlSocket) is { } session)
                yield return session;
            else if (!KindReplies.IsFurniture(line.Text, ref protocol, "IP address"))
                unknown(line.Text);
        }
    }

    // "1.0.1.2 1 Full/DR 36.687 eth1 fe80::1": router id, priority, state/role, dead time, interface, address.
    private static BirdOspfNeighbor? TryOspf(string text, string protocol, string controlSocket)
    {
        string[] words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 6 || Detail.Integer(words[1]) is not { } priority)
            return null;
        string[] state = words[2].Split('/', 2);
        return new BirdOspfNeighbor
        {
            Protocol = protocol,
            RouterId = words[0],
            Priority = (int)priority,
            State = state[0],
            Role = state.Length > 1 ? state[1] : null,
            DeadTime = Detail.Seconds(words[3]),
            InterfaceName = words[4],
            Address = words[5],
            ControlSocket = controlSocket,
        };
    }

    // "10.9.1.2 eth1 Up 14:51:20.486 0.200 0.600": address, interface, state, since (one word or two), interval, timeout.
    private static BirdBfdSession? TryBfd(string text, string protocol, BirdClock clock, string controlSocket)
    {
        string[] words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 6 || Detail.Seconds(words[^2]) is not { } interval || Detail.Seconds(words[^1]) is not { } timeout)
            return null;
        string since = string.Join(' ', words[3..^2]);
        return new BirdBfdSession
        {
            Protocol = protocol,
            Address = words[0],
            InterfaceName = words[1] is "---" ? null : words[1],
            State = words[2],
            Since = clock.Resolve(since),
            SinceText = since,
            Interval = interval,
            Timeout = timeout,
            ControlSocket = controlSocket,
        };
    }
}
