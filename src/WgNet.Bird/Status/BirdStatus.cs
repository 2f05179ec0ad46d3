namespace WgNet;

/// <summary>What BIRD says of itself (show status; BIRD: nest/cmds.c, cmd_show_status).</summary>
public sealed class BirdStatus
{
    /// <summary>BIRD's version, for example "2.0.12".</summary>
    public required string Version { get; init; }

    public string? RouterId { get; init; }

    public string? Hostname { get; init; }

    /// <summary>The daemon's clock when it answered; null where its time format cannot be read.</summary>
    public DateTime? ServerTime { get; init; }

    public DateTime? LastReboot { get; init; }

    public DateTime? LastReconfiguration { get; init; }

    /// <summary>Running, Reconfiguring, ShuttingDown or GracefulRestart.</summary>
    public required string State { get; init; }

    /// <summary>BIRD's own closing sentence, for example "Daemon is up and running".</summary>
    public string? Message { get; init; }

    /// <summary>Lines that this version of the module does not know, as they came.</summary>
    public string[] OtherLines { get; init; } = [];

    /// <summary>The control socket of this BIRD.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"BIRD {Version}, {State}";
}
