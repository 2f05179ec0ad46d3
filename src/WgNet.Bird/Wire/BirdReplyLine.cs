namespace WgNet;

/// <summary>One line of what BIRD answered, for commands that have no cmdlet of their own.</summary>
public sealed class BirdReplyLine
{
    /// <summary>The reply code (BIRD: doc/reply_codes); -1 for a log line that was echoed, or a line without a code.</summary>
    public required int Code { get; init; }

    /// <summary>What follows the code, its indentation kept.</summary>
    public required string Text { get; init; }

    /// <summary>The control socket of the BIRD that said it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
