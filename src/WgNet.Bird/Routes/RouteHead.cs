namespace WgNet.Bird;

/// <summary>
/// Reads a route's first line by words: prefix (none: the same as before), type, "[protocol since from neighbour]", "*" for the
/// primary one or "!" for one that the kernel did not take, and the protocol's information.
/// </summary>
internal readonly ref struct RouteHead
{
    private RouteHead(ReadOnlySpan<byte> prefix, int typeAt, ReadOnlySpan<byte> type, ReadOnlySpan<byte> origin, ReadOnlySpan<byte> rest)
    {
        Prefix = prefix;
        TypeAt = typeAt;
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

    /// <summary>Where the part behind the prefix begins, which many routes share.</summary>
    public int TypeAt { get; }

    /// <summary>"none" where BIRD writes nothing: a route that leads nowhere, such as a ROA.</summary>
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

        // The type is the word in front of the bracket; a prefix of another table may itself have several words. Nothing but
        // another blank there: no type.
        ReadOnlySpan<byte> before = text[..open].TrimEnd((byte)' ');
        int typeAt = before.Length < open ? open : before.LastIndexOf((byte)' ') + 1;
        ReadOnlySpan<byte> type = typeAt == open ? "none"u8 : before[typeAt..];
        if (type.IsEmpty || !char.IsAsciiLetter((char)type[0]))
            return false;
        head = new RouteHead(before[..Math.Min(typeAt, before.Length)].Trim((byte)' '), typeAt, type, text.Slice(open + 2, length), text[(open + 3 + length)..]);
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
