using System.Buffers;
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
    private readonly TextCache<AttributeLines> _attributes = new(static lines => new AttributeLines(lines));
    private readonly ArrayBufferWriter<byte> _attributeBytes = new();
    private readonly NextHopParser _nextHopParser = new();
    private readonly List<BirdNextHop> _nextHops = [];
    private RouteStart? _start;
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
            IsDetailed = detail,
            Shown = start.Info,
            Lines = _attributeBytes.WrittenCount == 0 ? null : _attributes.Get(_attributeBytes.WrittenSpan),
            OtherLines = _others is null ? [] : [.. _others],
            ControlSocket = controlSocket,
        };
        (_start, _others) = (null, null);
        _nextHops.Clear();
        _attributeBytes.ResetWrittenCount();
        return route;
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
        else
            AddAttribute(text);
    }

    private void AddAttribute(ReadOnlySpan<byte> text)
    {
        _attributeBytes.Write(text);
        _attributeBytes.Write("\n"u8);
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
