namespace WgNet.Bird;

/// <summary>Makes protocols of the lines of <c>show protocols</c> and <c>show protocols all</c>, by words and not by columns.</summary>
internal sealed class ProtocolParser(BirdClock clock, string controlSocket, bool detail, Action<string> unknown)
{
    private Row? _row;
    private ProtocolDetails _details = new();

    /// <summary>Takes the next line; gives the protocol that it completes, if it does.</summary>
    public BirdProtocol? Feed(BirdReplyLine line)
    {
        switch (line.Code)
        {
            case ReplyCode.Protocol when TryRow(line.Text, clock, out Row? row):
                BirdProtocol? complete = Finish();
                _row = row;
                return complete;
            case ReplyCode.ProtocolDetails when _row is not null:
                _details.Add(line.Text);
                return null;
            case ReplyCode.ProtocolHeading:
                return null;
            default:
                if (!string.IsNullOrWhiteSpace(line.Text))
                    unknown(line.Text);
                return null;
        }
    }

    /// <summary>Gives the last protocol, after the last line.</summary>
    public BirdProtocol? Finish()
    {
        if (_row is not { } row)
            return null;
        ProtocolDetails found = _details;
        _row = null;
        _details = new ProtocolDetails();
        return Compose(row, found);
    }

    private BirdProtocol Compose(Row row, ProtocolDetails found)
    {
        (string? session, string? error) = SessionOf(row);
        DetailTable details = found.Own;
        return new BirdProtocol
        {
            Name = row.Name,
            Protocol = row.Kind,
            Table = row.Table,
            State = row.State,
            Since = row.Since,
            SinceText = row.SinceText,
            Info = string.Join(' ', row.Info.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            SessionState = details["BGP state"] ?? session,
            LastError = details["Last error"] ?? error,
            IsDetailed = detail,
            Description = details["Description"],
            NeighborAddress = details["Neighbor address"] ?? details["Neighbor range"],
            NeighborAS = Detail.Unsigned(details["Neighbor AS"]),
            LocalAS = Detail.Unsigned(details["Local AS"]),
            NeighborId = details["Neighbor ID"],
            SourceAddress = details["Source address"],
            Session = details["Session"],
            HoldTime = Detail.Timer(details["Hold timer"], total: true),
            HoldTimeRemaining = Detail.Timer(details["Hold timer"], total: false),
            KeepaliveTime = Detail.Timer(details["Keepalive timer"], total: true),
            KeepaliveTimeRemaining = Detail.Timer(details["Keepalive timer"], total: false),
            LocalCapabilities = found.Under("Local capabilities"),
            NeighborCapabilities = found.Under("Neighbor capabilities"),
            Channels = found.Channels(),
            RpkiCache = RpkiDetails.Of(details),
            Details = details.ToDictionary(),
            ControlSocket = controlSocket,
        };
    }

    // "%-10s %-10s %-10s %-6s %-12s  %s": name, kind, table, state, since, info. The time may have two words.
    private static bool TryRow(string text, BirdClock clock, out Row? row)
    {
        row = null;
        var words = new Words(text);
        string name = words.Next().ToString(), kind = words.Next().ToString(), table = words.Next().ToString(), state = words.Next().ToString();
        if (state.Length == 0)
            return false;
        string since = words.Next().ToString();
        if (BirdClock.IsTimeOfDay(words.Peek()) && !BirdClock.IsTimeOfDay(since))
            since += " " + words.Next().ToString();
        row = new Row(name, kind, table is "---" ? null : table, state, clock.Resolve(since), Detail.NotEmpty(since), words.Rest.ToString());
        return true;
    }

    // proto/bgp/bgp.c, bgp_get_status: "%-14s%s", the state and the last error. proto/ospf/ospf.c: one word.
    private static (string? Session, string? Error) SessionOf(Row row)
    {
        var words = new Words(row.Info);
        return row.Kind switch
        {
            "BGP" when !words.IsEmpty => (words.Next().ToString(), Detail.NotEmpty(words.Rest.ToString())),
            "OSPF" or "RIP" or "Babel" or "RPKI" when !words.IsEmpty => (row.Info.Trim(), null),
            _ => (null, null),
        };
    }

    private sealed record Row(string Name, string Kind, string? Table, string State, DateTime? Since, string? SinceText, string Info);
}
