namespace WgNet;

/// <summary>What is made to fail.</summary>
public enum WgFabricFailure
{
    /// <summary>All cables of a gateway are unplugged at the switches: nobody says goodbye.</summary>
    Gateway,

    /// <summary>What one tunnel sends is dropped on its way, in both directions; nobody is told.</summary>
    Tunnel,
}

/// <summary>What the flows between two sites lost when a gateway or a tunnel failed.</summary>
public sealed class WgFabricOutage
{
    public required WgFabricFailure Failure { get; init; }

    /// <summary>The gateway that failed, or whose tunnel did.</summary>
    public required string Gateway { get; init; }

    /// <summary>The tunnel's interface on it; null where all of the gateway failed.</summary>
    public string? Tunnel { get; init; }

    /// <summary>The site that asked.</summary>
    public required string From { get; init; }

    /// <summary>The site that answered.</summary>
    public required string To { get; init; }

    public required NetAddressFamily Family { get; init; }

    /// <summary>How many flows were watched, each by an echo request every 20 ms.</summary>
    public required int Flows { get; init; }

    /// <summary>How many of them lost more than single requests.</summary>
    public required int FlowsHit { get; init; }

    /// <summary>The longest time from the failure until a flow was answered again.</summary>
    public required TimeSpan Outage { get; init; }

    /// <summary>Some flow was still not answered when the test gave up waiting.</summary>
    public required bool Lasted { get; init; }

    /// <summary>The time from the repair until all BGP sessions that had failed were established again; null: not within the test's patience.</summary>
    public TimeSpan? Recovery { get; init; }

    /// <summary>The longest time that a flow lost after the repair, while routes went back to what was repaired.</summary>
    public required TimeSpan ReturnOutage { get; init; }

    public override string ToString() => FormattableString.Invariant(
        $"{Gateway}{(Tunnel is null ? "" : " " + Tunnel)}: {From} to {To} {Family}, {FlowsHit} of {Flows} flows hit, {Outage.TotalSeconds:0.00} s");
}
