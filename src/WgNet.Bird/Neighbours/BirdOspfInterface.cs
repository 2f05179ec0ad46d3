namespace WgNet;

/// <summary>An interface, or a virtual link, of an OSPF protocol (show ospf interface; BIRD: proto/ospf/iface.c, ospf_iface_info).</summary>
public sealed class BirdOspfInterface
{
    /// <summary>The name of the OSPF protocol.</summary>
    public required string Protocol { get; init; }

    public required string Name { get; init; }

    /// <summary>broadcast, nbma, ptp, ptmp, or virtual.</summary>
    public required string Type { get; init; }

    /// <summary>What BIRD adds to the type: "strict" where only configured neighbours count, "real" where it sends real broadcasts.</summary>
    public string? TypeOption { get; init; }

    /// <summary>The area's id; for a virtual link the area that it leads through.</summary>
    public string? Area { get; init; }

    /// <summary>The network on it, for OSPF version 2.</summary>
    public string? Prefix { get; init; }

    /// <summary>The address at the other end: of a link between two addresses, or of a virtual link.</summary>
    public string? Peer { get; init; }

    /// <summary>The router at the other end of a virtual link.</summary>
    public string? PeerRouterId { get; init; }

    /// <summary>Which of several OSPFs on the same link it belongs to, for version 3 (RFC 5340, 2.4).</summary>
    public int? InstanceId { get; init; }

    /// <summary>Down, Loopback, Waiting, PtP, DROther, Backup or DR: what it is in the election of the designated router.</summary>
    public string? State { get; init; }

    /// <summary>It is announced, and no neighbours are looked for on it.</summary>
    public bool Stub { get; init; }

    /// <summary>Its priority in that election.</summary>
    public int? Priority { get; init; }

    /// <summary>What sending by it costs.</summary>
    public int? Cost { get; init; }

    /// <summary>Its share where several ways cost the same; null where BIRD does not use several.</summary>
    public int? EcmpWeight { get; init; }

    /// <summary>The time between two greetings.</summary>
    public TimeSpan? HelloInterval { get; init; }

    /// <summary>The time between two greetings to a neighbour that is silent, where there is no broadcast.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>How long it waits for others before the election.</summary>
    public TimeSpan? WaitInterval { get; init; }

    /// <summary>How long a neighbour may stay silent before it counts as down.</summary>
    public TimeSpan? DeadInterval { get; init; }

    /// <summary>The time after which what was not acknowledged is sent again.</summary>
    public TimeSpan? RetransmitInterval { get; init; }

    /// <summary>The router id of the designated router; null without one.</summary>
    public string? DesignatedRouter { get; init; }

    /// <summary>Its address on this link.</summary>
    public string? DesignatedRouterAddress { get; init; }

    /// <summary>The router id of the one that takes its place when it fails; null without one.</summary>
    public string? BackupDesignatedRouter { get; init; }

    /// <summary>Its address on this link.</summary>
    public string? BackupDesignatedRouterAddress { get; init; }

    /// <summary>Lines that this version of the module does not know, as they came.</summary>
    public string[] OtherLines { get; init; } = [];

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {State}";
}
