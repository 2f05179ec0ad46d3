namespace WgNet;

/// <summary>What of a fabric is tested.</summary>
public enum WgFabricCheck
{
    /// <summary>The far end of a tunnel answers.</summary>
    Tunnel,

    /// <summary>The largest packet passes a way unbroken, and one byte more is refused.</summary>
    Mtu,

    /// <summary>The hosts of a site reach those of another.</summary>
    Reach,

    /// <summary>Traffic between two sites uses all the tunnels between them.</summary>
    Balance,
}

/// <summary>The result of one check of a fabric.</summary>
public sealed class WgFabricTest
{
    public required WgFabricCheck Check { get; init; }

    /// <summary>Where the traffic came from: a gateway for a tunnel, else a site.</summary>
    public required string From { get; init; }

    /// <summary>Where it went to.</summary>
    public required string To { get; init; }

    /// <summary>The tunnel's interface on the gateway; null where the check is about sites.</summary>
    public string? Tunnel { get; init; }

    public required NetAddressFamily Family { get; init; }

    public required bool Passed { get; init; }

    /// <summary>The shortest time there and back; null where the check measures none.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>What was seen, in words.</summary>
    public required string Detail { get; init; }

    /// <summary>Why it did not pass; null where it did.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do, or where to look, when it did not pass; null where it did.</summary>
    public string? Advice { get; init; }

    public override string ToString() => $"{Check} {From} to {To} {Family}: {(Passed ? Detail : Reason)}";
}
