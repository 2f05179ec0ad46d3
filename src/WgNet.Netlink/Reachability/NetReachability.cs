using System.Net;

namespace WgNet;

/// <summary>Whether an address answers ICMP echo requests from a network namespace.</summary>
public sealed class NetReachability
{
    /// <summary>The namespace asked from; '' is the caller's own.</summary>
    public required string Namespace { get; init; }

    public required IPAddress Address { get; init; }

    /// <summary>True when at least one reply came.</summary>
    public bool Reachable => Received > 0;

    /// <summary>Echo requests sent; fewer than asked for where the kernel had no route.</summary>
    public required int Sent { get; init; }

    public required int Received { get; init; }

    /// <summary>The shortest time from a request to its reply; null without a reply.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>Why a request could not be sent, for example "Network is unreachable"; null when all were sent.</summary>
    public string? Error { get; init; }
}
