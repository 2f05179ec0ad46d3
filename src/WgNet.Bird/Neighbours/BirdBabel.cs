namespace WgNet;

/// <summary>An interface that a Babel protocol uses (show babel interfaces; BIRD: proto/babel/babel.c).</summary>
public sealed class BirdBabelInterface
{
    /// <summary>The name of the Babel protocol.</summary>
    public required string Protocol { get; init; }

    public required string Name { get; init; }

    /// <summary>Up or Down.</summary>
    public required string State { get; init; }

    /// <summary>Whether neighbours have to prove who they are: No, Yes or Permissive, as BIRD shortens it.</summary>
    public required string Authentication { get; init; }

    /// <summary>What receiving by it costs.</summary>
    public required int ReceiveCost { get; init; }

    /// <summary>How many neighbours it has.</summary>
    public required int Neighbors { get; init; }

    /// <summary>When BIRD does something there next.</summary>
    public TimeSpan? Timer { get; init; }

    /// <summary>The IPv4 next hop that it announces.</summary>
    public string? NextHop4 { get; init; }

    /// <summary>The IPv6 next hop that it announces.</summary>
    public string? NextHop6 { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A neighbour of a Babel protocol (show babel neighbors).</summary>
public sealed class BirdBabelNeighbor
{
    /// <summary>The name of the Babel protocol.</summary>
    public required string Protocol { get; init; }

    public required string Address { get; init; }

    public required string InterfaceName { get; init; }

    /// <summary>What sending to it costs; 65535: it cannot be reached.</summary>
    public required int Metric { get; init; }

    /// <summary>How many routes it brought.</summary>
    public required int Routes { get; init; }

    /// <summary>How many of its last sixteen greetings arrived.</summary>
    public required int Hellos { get; init; }

    /// <summary>When it counts as gone if it stays silent.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>Whether it proved who it is: Yes or No.</summary>
    public string? Authentication { get; init; }

    /// <summary>How long a packet takes there and back; null where it is not measured, or by a BIRD that cannot.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Address} on {InterfaceName}";
}

/// <summary>A route that a neighbour announced by Babel, whether it is used or not (show babel routes).</summary>
public sealed class BirdBabelRoute
{
    /// <summary>The name of the Babel protocol.</summary>
    public required string Protocol { get; init; }

    public required string Prefix { get; init; }

    public required string NextHop { get; init; }

    public required string InterfaceName { get; init; }

    /// <summary>What the way costs; 65535: withdrawn.</summary>
    public required int Metric { get; init; }

    /// <summary>It is the one that is used.</summary>
    public bool Selected { get; init; }

    /// <summary>It could be used without a loop (RFC 8966, 2.4).</summary>
    public bool Feasible { get; init; }

    public required int Sequence { get; init; }

    /// <summary>When it is forgotten unless it is announced again.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix} via {NextHop} on {InterfaceName}";
}
