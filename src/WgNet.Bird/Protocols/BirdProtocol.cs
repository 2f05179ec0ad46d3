namespace WgNet;

/// <summary>A protocol instance of BIRD (show protocols; BIRD: nest/proto.c, proto_cmd_show).</summary>
public sealed class BirdProtocol
{
    public required string Name { get; init; }

    /// <summary>Its kind: BGP, OSPF, Kernel, Device, Direct, Static, Pipe, BFD, ...</summary>
    public required string Protocol { get; init; }

    /// <summary>Its table; null where it has none, or one a channel ("---": see <see cref="Channels"/>).</summary>
    public string? Table { get; init; }

    /// <summary>up, start, down, flush or stop.</summary>
    public required string State { get; init; }

    /// <summary>When it came into this state, by the daemon's clock; how exact that is says <see cref="SincePrecision"/>.</summary>
    public DateTime? Since { get; init; }

    /// <summary>The same as BIRD wrote it.</summary>
    public string? SinceText { get; init; }

    /// <summary>How exact <see cref="Since"/> is: a millisecond, or a day where an older BIRD shows the date alone. Null without a time.</summary>
    public TimeSpan? SincePrecision => Bird.BirdClock.Precision(SinceText);

    /// <summary>What it says of itself, for example "Established" or "Idle BGP Error: Bad peer AS".</summary>
    public string Info { get; init; } = "";

    /// <summary>The session's own state, which opens <see cref="Info"/>: Established, Idle, ... for BGP, Running, ... for OSPF. Null for the others.</summary>
    public string? SessionState { get; init; }

    /// <summary>Why the session last failed; null where it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>Whether the properties below were asked for (-Detail).</summary>
    public bool IsDetailed { get; init; }

    public string? Description { get; init; }

    /// <summary>The neighbour's address, with %interface where BIRD shows one; for a dynamic session the range that it accepts.</summary>
    public string? NeighborAddress { get; init; }

    public uint? NeighborAS { get; init; }

    public uint? LocalAS { get; init; }

    /// <summary>The neighbour's router id.</summary>
    public string? NeighborId { get; init; }

    /// <summary>The session's own address.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>The kind of session, for example "external AS4".</summary>
    public string? Session { get; init; }

    /// <summary>The hold time that both sides agreed on.</summary>
    public TimeSpan? HoldTime { get; init; }

    /// <summary>What was left of it when BIRD answered.</summary>
    public TimeSpan? HoldTimeRemaining { get; init; }

    /// <summary>The time between keepalives that both sides agreed on.</summary>
    public TimeSpan? KeepaliveTime { get; init; }

    /// <summary>What was left of it when BIRD answered.</summary>
    public TimeSpan? KeepaliveTimeRemaining { get; init; }

    public string[] LocalCapabilities { get; init; } = [];

    public string[] NeighborCapabilities { get; init; } = [];

    public BirdChannel[] Channels { get; init; } = [];

    /// <summary>The cache server of an RPKI protocol; null for the others, and while it is down.</summary>
    public BirdRpkiCache? RpkiCache { get; init; }

    /// <summary>Every detail by the name that BIRD gives it, those above included; lines below a heading are joined by "; ".</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The control socket of the BIRD that runs it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
