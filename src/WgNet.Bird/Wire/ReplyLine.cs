namespace WgNet.Bird;

/// <summary>What a line of the control socket is, by its first characters (BIRD: doc/reply_codes, client/client.c).</summary>
internal enum ReplyLineKind
{
    /// <summary>A line of the reply to our command.</summary>
    Reply,

    /// <summary>"+text": a log message that BIRD sends on its own while echo is on.</summary>
    Log,

    /// <summary>A line without a code, such as "&lt;3 messages lost&gt;".</summary>
    Unframed,
}

/// <summary>One line as it lies in the reader's buffer; valid until the next read.</summary>
internal readonly ref struct ReplyLine(ReplyLineKind kind, int code, bool isLast, ReadOnlySpan<byte> text)
{
    public ReplyLineKind Kind { get; } = kind;

    /// <summary>The four digits; those of the line before where this one continues it; -1 for a line without a code.</summary>
    public int Code { get; } = code;

    public bool IsLast { get; } = isLast;

    /// <summary>What follows the code, or the one blank of a continued code.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;
}
