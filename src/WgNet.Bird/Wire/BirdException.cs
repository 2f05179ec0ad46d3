namespace WgNet.Bird;

/// <summary>BIRD's own refusal: the command, the reply code (BIRD: doc/reply_codes, 8000 run-time, 9000 parse-time) and its text.</summary>
public sealed class BirdException : FaultException
{
    internal BirdException(string id, FaultKind kind, string message, string command, int code, string reply, object? target = null)
        : base(id, kind, message, target)
    {
        Command = command;
        Code = code;
        Reply = reply;
    }

    public string Command { get; }

    public int Code { get; }

    /// <summary>BIRD's sentence, as it came.</summary>
    public string Reply { get; }

    /// <summary>The configuration file that an error is in; null where BIRD names none.</summary>
    public string? File { get; init; }

    /// <summary>Line of the error in <see cref="File"/>, counted from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Column of the error in <see cref="Line"/>, as BIRD counts it.</summary>
    public int? Column { get; init; }
}
