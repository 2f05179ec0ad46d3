namespace WgNet;

/// <summary>A BFD session (show bfd sessions; BIRD: proto/bfd/bfd.c, bfd_show_sessions).</summary>
public sealed class BirdBfdSession
{
    /// <summary>The name of the BFD protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>The neighbour's address.</summary>
    public required string Address { get; init; }

    /// <summary>Null for a session over several hops.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Up, Down, Init or AdminDown.</summary>
    public required string State { get; init; }

    /// <summary>When it came into this state, by the daemon's clock.</summary>
    public DateTime? Since { get; init; }

    /// <summary>The same as BIRD wrote it.</summary>
    public string? SinceText { get; init; }

    /// <summary>How exact <see cref="Since"/> is; null without a time.</summary>
    public TimeSpan? SincePrecision => Bird.BirdClock.Precision(SinceText);

    /// <summary>The time between packets that both sides agreed on.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long the neighbour may stay silent before the session is down.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Address} {State}";
}
