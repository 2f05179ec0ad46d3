namespace WgNet.Bird;

/// <summary>The commands that load, check, undo and confirm the daemon's configuration.</summary>
public static class ConfigurationCommands
{
    /// <summary>Loads a configuration; the daemon's own file when <paramref name="path"/> is null.</summary>
    /// <param name="client">The daemon.</param>
    /// <param name="path">A file that the daemon itself can read, as a whole path.</param>
    /// <param name="soft">Leave routes as they are where only filters changed.</param>
    /// <param name="undoAfter">Go back to the configuration before after this time, unless it is confirmed.</param>
    /// <exception cref="BirdException">"BirdConfigError", with file, line and column where BIRD tells them.</exception>
    public static BirdConfigResult Configure(this BirdClient client, string? path = null, bool soft = false, TimeSpan? undoAfter = null)
    {
        string command = "configure" + (soft ? " soft" : "") + Quoted(path);
        if (undoAfter is { } time)
            command += FormattableString.Invariant($" timeout {Math.Max(1, (long)time.TotalSeconds)}");
        return Run(client, command, undoAfter);
    }

    /// <summary>Reads a configuration and changes nothing.</summary>
    /// <exception cref="BirdException">"BirdConfigError", with file, line and column where BIRD tells them.</exception>
    public static BirdConfigResult CheckConfiguration(this BirdClient client, string? path = null) => Run(client, "configure check" + Quoted(path));

    /// <summary>Goes back to the configuration before.</summary>
    public static BirdConfigResult UndoConfiguration(this BirdClient client) => Run(client, "configure undo");

    /// <summary>Keeps a configuration that was loaded with a time limit.</summary>
    public static BirdConfigResult ConfirmConfiguration(this BirdClient client) => Run(client, "configure confirm");

    /// <summary>Which of our configurations the daemon runs (<see cref="BirdConfigurationFile.RevisionOf(BirdConfiguration)"/>); null: none of them.</summary>
    public static string? Revision(this BirdClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            return client.Run($"eval {BirdConfigurationFile.RevisionName}").LastOrDefault(line => line.Text.Length > 0)?.Text.Trim();
        }
        catch (BirdException refusal) when (refusal.Code >= ReplyCode.EvaluationError)
        {
            // The name stands for nothing.
            return null;
        }
    }

    internal static BirdConfigResult Parse(IEnumerable<BirdReplyLine> lines, string controlSocket, DateTime? undoAt)
    {
        const string Reading = "Reading configuration from ";
        string? path = null;
        bool scheduled = false;
        BirdReplyLine? last = null;
        foreach (BirdReplyLine line in lines)
        {
            if (line.Code == ReplyCode.ReadingConfiguration && line.Text.StartsWith(Reading, StringComparison.Ordinal))
                path = line.Text[Reading.Length..];
            scheduled |= line.Code == ReplyCode.UndoScheduled;
            last = line;
        }

        return new BirdConfigResult
        {
            Result = ResultOf(last?.Code ?? 0),
            Path = path,
            Message = last?.Text ?? "",
            UndoAt = scheduled ? undoAt : null,
            ControlSocket = controlSocket,
        };
    }

    private static BirdConfigResult Run(BirdClient client, string command, TimeSpan? undoAfter = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        BirdConfigResult result = Parse(client.Run(command), client.ControlSocket, DateTime.Now + undoAfter);
        return result.Result != "Refused"
            ? result
            : throw new FaultException("BirdShuttingDown", FaultKind.Unavailable, $"BIRD at '{client.ControlSocket}' is shutting down and takes no configuration.", client.ControlSocket);
    }

    private static string Quoted(string? path) => path is null ? "" : " " + BirdSyntax.Text(path);

    private static string ResultOf(int code) => code switch
    {
        ReplyCode.ReconfigurationDone => "Reconfigured",
        ReplyCode.ReconfigurationInProgress => "InProgress",
        ReplyCode.ReconfigurationQueued => "Queued",
        ReplyCode.ShuttingDown => "Refused",
        ReplyCode.QueueRemoved => "QueueRemoved",
        ReplyCode.Confirmed => "Confirmed",
        ReplyCode.NothingToDo => "NothingToDo",
        ReplyCode.ConfigurationOk => "Valid",
        _ => "Unknown",
    };
}
