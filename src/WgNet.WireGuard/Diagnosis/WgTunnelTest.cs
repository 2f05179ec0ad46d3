namespace WgNet;

/// <summary>What a look at a tunnel found, from the interface outwards.</summary>
public sealed class WgTunnelTest
{
    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace of the interface; '' is the caller's own.</summary>
    public required string Namespace { get; init; }

    /// <summary>True when every check passed.</summary>
    public bool Working => Problem is null;

    /// <summary>Whether the far ends of the point-to-point addresses, or the addresses asked for, answer.</summary>
    public NetReachability[] FarEnds { get; init; } = [];

    /// <summary>The shortest time to a far end and back; null where none answered.</summary>
    public TimeSpan? RoundTrip => FarEnds.Min(end => end.RoundTrip);

    /// <summary>Time since the latest handshake; null: never.</summary>
    public TimeSpan? HandshakeAge { get; init; }

    /// <summary>Every check, in the order in which packets depend on them.</summary>
    public required WgTunnelCheck[] Checks { get; init; }

    /// <summary>Why it does not work, and what to do: the first check that failed. Null: it works.</summary>
    public string? Problem => Array.Find(Checks, check => !check.Passed)?.Detail;
}

/// <summary>One look at one part of a tunnel.</summary>
/// <param name="Name">The part: Interface, Key, Peer, Socket, Endpoint, Underlay, AllowedIPs, Handshake, FarEnd.</param>
/// <param name="Passed">Whether it is as it has to be.</param>
/// <param name="Detail">What was seen; where it failed, what to do.</param>
public sealed record WgTunnelCheck(string Name, bool Passed, string Detail)
{
    public override string ToString() => $"{(Passed ? "ok" : "failed")} {Name}: {Detail}";
}
