namespace WgNet.Bird;

/// <summary>Which routes of a protocol go through its filters again.</summary>
public enum BirdReload
{
    /// <summary>Those that it brought and those that it is given.</summary>
    Both,

    /// <summary>Those that it brought.</summary>
    In,

    /// <summary>Those that it is given.</summary>
    Out,
}

/// <summary>What <c>show protocols</c> answers, and the commands that switch protocols.</summary>
public static class ProtocolQueries
{
    /// <summary>All protocols, or the one of this name, in the daemon's order.</summary>
    /// <exception cref="BirdException">"BirdProtocolNotFound": there is none of this name.</exception>
    public static IEnumerable<BirdProtocol> Protocols(this BirdClient client, string? name = null, bool detail = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Read(client, name, detail);
    }

    /// <summary>Whether a name can be asked for by itself: a "pattern" of BIRD's that means only itself.</summary>
    public static bool CanAskByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return BirdSyntax.IsPlainPattern(name);
    }

    /// <summary>Enables a protocol; BIRD's sentence about it. One that is enabled already stays so.</summary>
    public static BirdReplyLine EnableProtocol(this BirdClient client, string name) => Switch(client, "enable", name);

    /// <summary>Disables a protocol; BIRD's sentence about it. One that is disabled already stays so.</summary>
    public static BirdReplyLine DisableProtocol(this BirdClient client, string name) => Switch(client, "disable", name);

    /// <summary>Takes a protocol down and up again; fault "BirdProtocolDisabled" for one that is disabled.</summary>
    public static BirdReplyLine RestartProtocol(this BirdClient client, string name)
    {
        BirdReplyLine line = Switch(client, "restart", name);
        return line.Code != ReplyCode.AlreadyDisabled
            ? line
            : throw new FaultException("BirdProtocolDisabled", FaultKind.Unavailable,
                $"The protocol '{name}' is disabled, so BIRD does not restart it. Enable-BirdProtocol starts it.", name);
    }

    /// <summary>
    /// Sends a protocol's routes through its filters again: those that it brought, those that it is given, or both. The session
    /// stays up. Fault "BirdReloadFailed" where the neighbour would have to send its routes again and cannot.
    /// </summary>
    public static BirdReplyLine ReloadProtocol(this BirdClient client, string name, BirdReload direction = BirdReload.Both)
    {
        ArgumentNullException.ThrowIfNull(client);

        // BIRD 3 tells filters from BGP's own route refresh.
        string verb = client.Connect().Version.StartsWith("2.", StringComparison.Ordinal) ? "reload" : "reload filters";
        return Switch(client, direction switch { BirdReload.In => $"{verb} in", BirdReload.Out => $"{verb} out", _ => verb }, name);
    }

    private static IEnumerable<BirdProtocol> Read(BirdClient client, string? name, bool detail)
    {
        string command = (detail ? "show protocols all" : "show protocols") + (name is null ? "" : " " + BirdSyntax.Text(name));
        var parser = new ProtocolParser(client.Clock(), client.ControlSocket, detail, client.Unknown);
        foreach (BirdReplyLine line in client.Run(command))
        {
            if (parser.Feed(line) is { } complete)
                yield return complete;
        }

        if (parser.Finish() is { } last)
            yield return last;
    }

    private static BirdReplyLine Switch(BirdClient client, string verb, string name)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(name);

        // A "pattern" tells a missing protocol (8003) from a syntax error, which a bare name does not.
        string command = $"{verb} {BirdSyntax.Text(name)}";
        List<BirdReplyLine> lines = [.. client.Run(command)];

        // Refusals about one of several protocols are not a reply's last line.
        if (lines.FirstOrDefault(line => ReplyCode.IsRefusal(line.Code)) is { } refused)
            throw Refusals.Of(client.ControlSocket, command, refused.Code, refused.Text);
        return lines.Count > 0 ? lines[0] : new BirdReplyLine { Code = 0, Text = "", ControlSocket = client.ControlSocket };
    }
}
