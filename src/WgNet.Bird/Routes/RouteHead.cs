namespace WgNet.Bird;

/// <summary>
/// Reads a route's first line by words: prefix (none: the same as before), type, "[protocol since from neighbour]", "*" for the
/// primary one or "!" for one that the kernel did not take, and the protocol's information.
/// </summary>
internal readonly ref struct RouteHead
{
    private RouteHead(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> type, ReadOnlySpan<byte> origin, ReadOnlySpan<byte> rest)
    {
        Prefix = prefix;
        Type = type;
        ReadOrigin(origin, out ReadOnlySpan<byte> protocol, out ReadOnlySpan<byte> since, out ReadOnlySpan<byte> from);
        Protocol = protocol;
        Since = since;
        From = from;
        rest = rest.TrimStart((byte)' ');
        SyncFailed = rest.StartsWith("!"u8);
        Primary = SyncFailed || rest.StartsWith("*"u8);
        Info = (Primary ? rest[1..] : rest).Trim((byte)' ');
    }

    /// <summary>Empty: the same prefix as the route before.</summary>
    public ReadOnlySpan<byte> Prefix { get; }

    public ReadOnlySpan<byte> Type { get; }

    public ReadOnlySpan<byte> Protocol { get; }

    public ReadOnlySpan<byte> Since { get; }

    public ReadOnlySpan<byte> From { get; }

    public bool Primary { get; }

    public bool SyncFailed { get; }

    public ReadOnlySpan<byte> Info { get; }

    public static bool TryRead(ReadOnlySpan<byte> text, out RouteHead head)
    {
        head = default;
        int open = text.IndexOf(" ["u8);
        if (open <= 0 || text[0] == '\t')
            return false;
        int length = text[(open + 2)..].IndexOf((byte)']');
        if (length < 0)
            return false;

        // The type is the word in front of the bracket; a prefix of another table may itself have several words.
        ReadOnlySpan<byte> before = text[..open].TrimEnd((byte)' ');
        int typeAt = before.LastIndexOf((byte)' ') + 1;
        ReadOnlySpan<byte> type = before[typeAt..];
        if (type.IsEmpty || !char.IsAsciiLetter((char)type[0]))
            return false;
        head = new RouteHead(before[..typeAt].Trim((byte)' '), type, text.Slice(open + 2, length), text[(open + 3 + length)..]);
        return true;
    }

    private static void ReadOrigin(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> protocol, out ReadOnlySpan<byte> since, out ReadOnlySpan<byte> from)
    {
        var words = new ByteWords(text);
        protocol = words.Next();
        since = words.Rest;
        from = default;
        int at = since.StartsWith("from "u8) ? 0 : since.IndexOf(" from "u8) + 1;
        if (at == 0 && !since.StartsWith("from "u8))
            return;
        from = since[(at + 5)..].Trim((byte)' ');
        since = since[..at].Trim((byte)' ');
    }
}

/// <summary>The information behind a route: "E2 (150/10/10000) [1.0.1.2]", "(100) [AS65002i]", "(200)".</summary>
internal sealed class RouteInfo
{
    public required string Text { get; init; }

    public int? Preference { get; private init; }

    public long? Metric { get; private init; }

    public long? Metric2 { get; private init; }

    public bool Unresolved { get; private init; }

    public bool Stale { get; private init; }

    public bool IsBgp { get; private init; }

    public uint? OriginAS { get; private init; }

    public string? Origin { get; private init; }

    public static RouteInfo Parse(string text)
    {
        ReadOnlySpan<char> preference = Between(text, '(', ')');
        ReadOnlySpan<char> tail = Between(text, '[', ']');
        int digits = preference.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> number = digits < 0 ? preference : preference[..digits];
        ReadOnlySpan<char> more = digits < 0 ? default : preference[digits..];
        int slash = more.IndexOf('/');
        ReadOnlySpan<char> marks = slash < 0 ? more : more[..slash];
        ReadOnlySpan<char> metrics = slash < 0 ? default : more[(slash + 1)..];
        int second = metrics.IndexOf('/');
        bool bgp = TryBgp(text, tail, out uint? originAS, out string? origin);
        return new RouteInfo
        {
            Text = text,
            Preference = Detail.Integer(number) is { } value and <= int.MaxValue ? (int)value : null,
            Metric = Detail.Integer(second < 0 ? metrics : metrics[..second]),
            Metric2 = second < 0 ? null : Detail.Integer(metrics[(second + 1)..]),
            Unresolved = marks.Contains('-'),
            Stale = marks.Contains('s'),
            IsBgp = bgp,
            OriginAS = originAS,
            Origin = origin,
        };
    }

    // proto/bgp/attrs.c, bgp_get_route_info: "[AS65002i]", "[i]"; OSPF writes a router id there.
    private static bool TryBgp(string text, ReadOnlySpan<char> tail, out uint? originAS, out string? origin)
    {
        (originAS, origin) = (null, null);
        if (!text.EndsWith(']'))
            return false;
        if (!tail.IsEmpty)
        {
            origin = tail[^1] switch { 'i' => "IGP", 'e' => "EGP", '?' => "Incomplete", _ => null };
        }

        ReadOnlySpan<char> path = origin is null ? tail : tail[..^1];
        if (path.IsEmpty)
            return true;
        if (path.StartsWith("AS"))
            originAS = Detail.Unsigned(path[2..]);
        if (originAS is null)
            origin = null;
        return originAS is not null;
    }

    private static ReadOnlySpan<char> Between(string text, char open, char close)
    {
        int from = text.IndexOf(open, StringComparison.Ordinal) + 1;
        int to = from > 0 ? text.IndexOf(close, from) : -1;
        return to < 0 ? default : text.AsSpan(from, to - from);
    }
}
