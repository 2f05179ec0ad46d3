using System.Text;

namespace WgNet.Bird;

/// <summary>
/// Makes routes of the lines of <c>show route</c>, one at a time, as they arrive. Lines are told apart by what they are, not
/// by their code alone: BIRD 3 sends next hops among the attributes.
/// </summary>
internal sealed class RouteParser(BirdClock clock, string controlSocket, bool detail, UnknownLine unknown)
{
    private readonly TextCache<string> _texts = new(static text => text);
    private readonly TextCache<RouteInfo> _infos = new(RouteInfo.Parse);
    private readonly NextHopParser _nextHopParser = new();
    private readonly List<BirdNextHop> _nextHops = [];
    private RouteStart? _start;
    private RouteAttributes? _attributes;
    private List<string>? _others;
    private string? _table;
    private string _prefix = "";

    /// <summary>Reads until the next route is complete; null at the end of the reply.</summary>
    public BirdRoute? Read(BirdConnection connection)
    {
        while (connection.Read(out ReplyLine line))
        {
            if (Feed(line) is { } route)
                return route;
        }

        return Finish();
    }

    /// <summary>Takes the next line; gives the route that it completes, if it does.</summary>
    public BirdRoute? Feed(in ReplyLine line)
    {
        ReadOnlySpan<byte> text = line.Text;
        if (line.Kind != ReplyLineKind.Reply)
        {
            unknown(text);
            return null;
        }

        if (text.IsEmpty)
            return null;
        if (text[0] == '\t')
        {
            Continue(text);
            return null;
        }

        if (RouteHead.TryRead(text, out RouteHead head))
        {
            BirdRoute? complete = Finish();
            Start(head);
            return complete;
        }

        if (text.StartsWith("Table "u8) && text[^1] == ':')
        {
            BirdRoute? complete = Finish();
            _table = _texts.Get(text[6..^1]);
            _prefix = "";
            return complete;
        }

        Other(text);
        return null;
    }

    /// <summary>Gives the last route, after the last line.</summary>
    public BirdRoute? Finish()
    {
        if (_start is not { } start)
            return null;
        RouteInfo info = start.Info;
        BirdRoute route = new()
        {
            Prefix = start.Prefix,
            Table = start.Table,
            Type = start.Type,
            NextHops = _nextHops.Count == 0 ? [] : [.. _nextHops],
            Protocol = start.Protocol,
            Since = start.Since.Time,
            SinceText = start.Since.Text,
            From = start.From,
            Primary = start.Primary,
            SyncFailed = start.SyncFailed,
            Preference = info.Preference ?? (int?)_attributes?.Preference,
            Metric = info.Metric ?? _attributes?.Metric,
            Metric2 = info.Metric2,
            Unresolved = info.Unresolved,
            Stale = info.Stale,
            AsPath = _attributes?.AsPath ?? ShortPath(info),
            OriginAS = info.OriginAS,
            Origin = _attributes?.Origin ?? info.Origin,
            Info = info.Text,
            IsDetailed = detail,
            Source = _attributes?.Source,
            Scope = _attributes?.Scope,
            LocalPref = _attributes?.LocalPref,
            Med = _attributes?.Med,
            BgpNextHop = _attributes?.BgpNextHop,
            Communities = _attributes?.Communities ?? [],
            ExtendedCommunities = _attributes?.ExtendedCommunities ?? [],
            LargeCommunities = _attributes?.LargeCommunities ?? [],
            Attributes = _attributes?.All ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty,
            OtherLines = _others is null ? [] : [.. _others],
            ControlSocket = controlSocket,
        };
        (_start, _attributes, _others) = (null, null, null);
        _nextHops.Clear();
        return route;
    }

    // With all attributes the path is told in full, or there is none.
    private string? ShortPath(RouteInfo info)
    {
        if (!info.IsBgp)
            return null;
        return info.OriginAS is { } last && !detail ? $"... {last}" : "";
    }

    private void Start(in RouteHead head)
    {
        if (!head.Prefix.IsEmpty)
            _prefix = Encoding.UTF8.GetString(head.Prefix);
        _start = new RouteStart(
            _prefix,
            _table,
            _texts.Get(head.Type),
            head.Protocol.IsEmpty ? null : _texts.Get(head.Protocol),
            clock.Resolve(head.Since),
            head.From.IsEmpty ? null : _texts.Get(head.From),
            head.Primary,
            head.SyncFailed,
            _infos.Get(head.Info));
    }

    private void Continue(ReadOnlySpan<byte> text)
    {
        if (_start is null)
            Other(text);
        else if (NextHopParser.IsNextHop(text))
            _nextHops.Add(_nextHopParser.Get(text));
        else if (!(_attributes ??= new RouteAttributes()).Add(Encoding.UTF8.GetString(text)))
            Other(text);
    }

    private void Other(ReadOnlySpan<byte> text)
    {
        if (text.Trim(" \t"u8).IsEmpty)
            return;
        if (_start is null)
            unknown(text);
        else
            (_others ??= []).Add(Encoding.UTF8.GetString(text));
    }

    private readonly record struct RouteStart(
        string Prefix, string? Table, string Type, string? Protocol, (string? Text, DateTime? Time) Since, string? From, bool Primary, bool SyncFailed, RouteInfo Info);
}

/// <summary>Is told of a line that no parser knows and that belongs to no object.</summary>
internal delegate void UnknownLine(ReadOnlySpan<byte> line);
