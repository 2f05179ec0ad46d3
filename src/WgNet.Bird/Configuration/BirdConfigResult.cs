namespace WgNet;

/// <summary>What BIRD did with a configuration (configure; BIRD: sysdep/unix/main.c, cmd_reconfig).</summary>
public sealed class BirdConfigResult
{
    /// <summary>
    /// Valid (checked, nothing changed), Reconfigured, InProgress (accepted, protocols are still going down), Queued (behind
    /// one that is still in progress), QueueRemoved (the one that waited is dropped), Confirmed, or NothingToDo (nothing to undo or to confirm).
    /// </summary>
    public required string Result { get; init; }

    /// <summary>The file that BIRD read; null for an undo or a confirmation.</summary>
    public string? Path { get; init; }

    /// <summary>BIRD's closing sentence.</summary>
    public required string Message { get; init; }

    /// <summary>When BIRD goes back to the configuration before, unless it is confirmed; null where that was not asked for.</summary>
    public DateTime? UndoAt { get; init; }

    /// <summary>The control socket of this BIRD.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
