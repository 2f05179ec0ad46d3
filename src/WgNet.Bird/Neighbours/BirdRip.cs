namespace WgNet;

/// <summary>An interface that a RIP protocol uses (show rip interfaces; BIRD: proto/rip/rip.c).</summary>
public sealed class BirdRipInterface
{
    /// <summary>The name of the RIP protocol.</summary>
    public required string Protocol { get; init; }

    public required string Name { get; init; }

    /// <summary>Up or Down.</summary>
    public required string State { get; init; }

    /// <summary>What is added to the metrics of routes that come by it.</summary>
    public required int Metric { get; init; }

    /// <summary>How many neighbours it has.</summary>
    public required int Neighbors { get; init; }

    /// <summary>When BIRD announces its routes there next.</summary>
    public TimeSpan? Timer { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A neighbour of a RIP protocol (show rip neighbors).</summary>
public sealed class BirdRipNeighbor
{
    /// <summary>The name of the RIP protocol.</summary>
    public required string Protocol { get; init; }

    public required string Address { get; init; }

    public required string InterfaceName { get; init; }

    public required int Metric { get; init; }

    /// <summary>How many routes it brought.</summary>
    public required int Routes { get; init; }

    /// <summary>How long ago it was heard.</summary>
    public TimeSpan? Seen { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Address} on {InterfaceName}";
}
