namespace WgNet.Bird;

/// <summary>What <c>show status</c> answers.</summary>
public static class StatusQueries
{
    /// <summary>Asks the daemon how it is.</summary>
    public static BirdStatus Status(this BirdClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Parse(client.Run("show status"), client.ControlSocket);
    }

    /// <summary>
    /// The clock to read short times by: the daemon's, which is not asked where all times come whole; this machine's, which a
    /// Unix socket shares with it, where the daemon's cannot be read.
    /// </summary>
    internal static BirdClock Clock(this BirdClient client) =>
        new((client.Connect().HasWholeTimes ? null : client.Status().ServerTime) ?? DateTime.Now);

    internal static BirdStatus Parse(IEnumerable<BirdReplyLine> lines, string controlSocket)
    {
        string version = "", message = "";
        string? routerId = null, hostname = null, state = null;
        DateTime? now = null, reboot = null, reconfiguration = null;
        var others = new List<string>();

        // Base times are whole dates: they need no clock to be read by.
        var reader = new BirdClock(DateTime.Now);
        foreach (BirdReplyLine line in lines)
        {
            string text = line.Text;
            if (line.Code == ReplyCode.Version && After(text, "BIRD ") is { } said)
                version = said;
            else if (line.Code == ReplyCode.StatusReport)
                message = text;
            else if (After(text, "Router ID is ") is { } id)
                routerId = id;
            else if (After(text, "Hostname is ") is { } host)
                hostname = host;
            else if (After(text, "Current server time is ") is { } time)
                now = reader.Resolve(time);
            else if (After(text, "Last reboot on ") is { } booted)
                reboot = reader.Resolve(booted);
            else if (After(text, "Last reconfiguration on ") is { } configured)
                reconfiguration = reader.Resolve(configured);
            else if (text.Length > 0)
                others.Add(text.Trim());
            if (text.StartsWith("Graceful restart recovery in progress", StringComparison.Ordinal))
                state = "GracefulRestart";
        }

        return new BirdStatus
        {
            Version = version,
            RouterId = routerId,
            Hostname = hostname,
            ServerTime = now,
            LastReboot = reboot,
            LastReconfiguration = reconfiguration,
            State = state ?? StateOf(message),
            Message = message.Length > 0 ? message : null,
            OtherLines = [.. others],
            ControlSocket = controlSocket,
        };
    }

    private static string StateOf(string message) => message switch
    {
        "Reconfiguration in progress" => "Reconfiguring",
        "Shutdown in progress" => "ShuttingDown",
        "Daemon is up and running" => "Running",
        _ => "Unknown",
    };

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].Trim() : null;
}
