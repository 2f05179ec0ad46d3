namespace WgNet.Bird;

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

    /// <summary>What is known of the AS path: its last AS.</summary>
    public string ShortPath => OriginAS is { } last ? $"... {last}" : "";

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
