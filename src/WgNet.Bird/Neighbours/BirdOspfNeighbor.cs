namespace WgNet;

/// <summary>A neighbour of an OSPF protocol (show ospf neighbors; BIRD: proto/ospf/neighbor.c).</summary>
public sealed class BirdOspfNeighbor
{
    /// <summary>The name of the OSPF protocol.</summary>
    public required string Protocol { get; init; }

    public required string RouterId { get; init; }

    /// <summary>Its priority in the election of the designated router.</summary>
    public int? Priority { get; init; }

    /// <summary>Full, 2-Way, Init, Down, ...</summary>
    public required string State { get; init; }

    /// <summary>DR, BDR, Other or PtP.</summary>
    public string? Role { get; init; }

    /// <summary>How long it may stay silent before it counts as down.</summary>
    public TimeSpan? DeadTime { get; init; }

    public string? InterfaceName { get; init; }

    /// <summary>Its address on that interface.</summary>
    public string? Address { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{RouterId} {State} on {InterfaceName}";
}
