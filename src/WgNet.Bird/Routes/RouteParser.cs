using System.Buffers;
using System.Text;

namespace WgNet.Bird;

/// <summary>
/// Makes routes of the lines of <c>show route</c>, one at a time, as they arrive. Lines are told apart by what they are, not
/// by their code alone: BIRD 3 sends next hops among the attributes.
/// </summary>
internal sealed class RouteParser(BirdClock clock, string controlSocket, bool detail, UnknownLine unknown)
{
    // BIRD cuts AS paths and makes lines of 512 bytes of what a BGP message of 64 KiB at most holds: no route has as many.
    private const int MostBytes = 1 << 20;

    private readonly TextCache<string> _texts = new(static text => text);
    private readonly TextCache<RouteInfo> _infos = new(RouteInfo.Parse);
    private readonly TextCache<RouteOrigin> _origins = new(static _ => throw new InvalidOperationException("Origins are made by their parser."));
    private readonly TextCache<AttributeLines> _attributes = new(static lines => new AttributeLines(lines));
    private readonly ArrayBufferWriter<byte> _attributeBytes = new();
    private readonly ArrayBufferWriter<byte> _hopBytes = new();
    private readonly NextHopParser _nextHops = new();
    private RouteTable _table = new(null, controlSocket, detail);
    private RouteOrigin? _origin;
    private string? _internal;
    private List<string>? _others;
    private string _prefix = "";
    private int _bytes;

    // BIRD 3's numbers of its own about a route, different for each: kept apart, so that the other attributes are shared.
    private static ReadOnlySpan<byte> Internal => "\tInternal route handling values:"u8;

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
            Count(text);
            Continue(text);
            return null;
        }

        if (TryHead(text, out ReadOnlySpan<byte> prefix, out RouteOrigin? origin))
        {
            BirdRoute? complete = Finish();
            _origin = origin;
            if (!prefix.IsEmpty)
                _prefix = Encoding.UTF8.GetString(prefix);
            return complete;
        }

        if (text.StartsWith("Table "u8) && text[^1] == ':')
        {
            BirdRoute? complete = Finish();
            _table = new RouteTable(Encoding.UTF8.GetString(text[6..^1]), controlSocket, detail);
            _origins.Clear();
            _prefix = "";
            return complete;
        }

        Count(text);
        Other(text);
        return null;
    }

    // Whatever belongs to a route is kept, so that nothing is lost: without a bound, garbage would be too.
    private void Count(ReadOnlySpan<byte> text)
    {
        if (_origin is not null && (_bytes += text.Length) > MostBytes)
        {
            throw new FaultException("BirdInvalidReply", FaultKind.InvalidData,
                $"The answer has more than {MostBytes} bytes about one route, which BIRD never writes: this is not BIRD's control socket. Check -ControlSocket.");
        }
    }

    /// <summary>Gives the last route, after the last line.</summary>
    public BirdRoute? Finish()
    {
        if (_origin is null)
            return null;
        BirdRoute route = new(_prefix, _origin)
        {
            Hops = _hopBytes.WrittenCount == 0 ? [] : _nextHops.Get(_hopBytes.WrittenSpan),
            Lines = _attributeBytes.WrittenCount == 0 ? null : _attributes.Get(_attributeBytes.WrittenSpan),
            InternalLine = _internal,
            OtherLines = _others is null ? [] : [.. _others],
        };
        (_origin, _others, _internal, _bytes) = (null, null, null, 0);
        _hopBytes.ResetWrittenCount();
        _attributeBytes.ResetWrittenCount();
        return route;
    }

    // What is behind the prefix is looked up first: a hit is a line of which nothing but the prefix is new.
    private bool TryHead(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> prefix, out RouteOrigin? origin)
    {
        int blank = text.IndexOf((byte)' ');
        prefix = blank < 0 ? default : text[..blank];
        origin = blank < 0 ? null : _origins.Find(text[blank..].TrimStart((byte)' '));
        if (origin is not null)
            return true;
        if (!RouteHead.TryRead(text, out RouteHead head))
            return false;
        prefix = head.Prefix;
        origin = Make(head);
        _origins.Add(text[head.TypeAt..], origin);
        return true;
    }

    private RouteOrigin Make(in RouteHead head)
    {
        (string? text, DateTime? time) = clock.Resolve(head.Since);
        return new RouteOrigin
        {
            Table = _table,
            Type = _texts.Get(head.Type),
            Protocol = head.Protocol.IsEmpty ? null : _texts.Get(head.Protocol),
            SinceText = text,
            Since = time,
            From = head.From.IsEmpty ? null : _texts.Get(head.From),
            Primary = head.Primary,
            SyncFailed = head.SyncFailed,
            Info = _infos.Get(head.Info),
        };
    }

    private void Continue(ReadOnlySpan<byte> text)
    {
        if (_origin is null)
            Other(text);
        else if (NextHopParser.IsNextHop(text))
            Append(_hopBytes, text);
        else if (_internal is null && text.StartsWith(Internal))
            _internal = Encoding.UTF8.GetString(text);
        else
            Append(_attributeBytes, text);
    }

    private static void Append(ArrayBufferWriter<byte> lines, ReadOnlySpan<byte> text)
    {
        Span<byte> room = lines.GetSpan(text.Length + 1);
        text.CopyTo(room);
        room[text.Length] = (byte)'\n';
        lines.Advance(text.Length + 1);
    }

    private void Other(ReadOnlySpan<byte> text)
    {
        if (text.Trim(" \t"u8).IsEmpty)
            return;
        if (_origin is null)
            unknown(text);
        else
            (_others ??= []).Add(Encoding.UTF8.GetString(text));
    }
}

/// <summary>Is told of a line that no parser knows and that belongs to no object.</summary>
internal delegate void UnknownLine(ReadOnlySpan<byte> line);
