namespace WgNet;

/// <summary>The cache server of an RPKI protocol, as BIRD sees it (show protocols all; BIRD: proto/rpki/rpki.c, rpki_show_proto_info).</summary>
public sealed class BirdRpkiCache
{
    /// <summary>Its address or host name, as configured.</summary>
    public required string Server { get; init; }

    /// <summary>Its port; null where it is the transport's own (323 for TCP, 22 for SSH).</summary>
    public int? Port { get; init; }

    /// <summary>Established, Connecting, Sync-Running, Transport-Error, ...</summary>
    public string? State { get; init; }

    /// <summary>"Unprotected over TCP", "TCP-MD5" or "SSHv2".</summary>
    public string? Transport { get; init; }

    /// <summary>The version of the protocol (0: RFC 6810, 1: RFC 8210).</summary>
    public int? ProtocolVersion { get; init; }

    /// <summary>The number that the cache gave to its data; null before the first answer.</summary>
    public int? SessionId { get; init; }

    /// <summary>Which state of its data BIRD has; null before the first.</summary>
    public uint? SerialNumber { get; init; }

    /// <summary>How long ago that came; null before the first.</summary>
    public TimeSpan? LastUpdateAge { get; init; }

    /// <summary>The time between two questions for news; null while BIRD does not wait to ask. So are the two times below.</summary>
    public TimeSpan? RefreshInterval { get; init; }

    /// <summary>What was left of it when BIRD answered.</summary>
    public TimeSpan? RefreshRemaining { get; init; }

    /// <summary>The time between two tries after a failure.</summary>
    public TimeSpan? RetryInterval { get; init; }

    /// <summary>What was left of it when BIRD answered.</summary>
    public TimeSpan? RetryRemaining { get; init; }

    /// <summary>How long data is used that cannot be refreshed.</summary>
    public TimeSpan? ExpireInterval { get; init; }

    /// <summary>What was left of it when BIRD answered.</summary>
    public TimeSpan? ExpireRemaining { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Server} {State}";
}
