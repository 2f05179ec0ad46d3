namespace WgNet;

/// <summary>Something that happened to a protocol between two looks, or to the daemon.</summary>
public sealed class BirdProtocolChange
{
    /// <summary>When it was noticed, by this machine's clock; when it happened says the protocol's own Since.</summary>
    public required DateTime Time { get; init; }

    /// <summary>The protocol's name; null for the daemon itself.</summary>
    public string? Name { get; init; }

    /// <summary>Changed, Added, Removed; DaemonGone and DaemonBack for the daemon.</summary>
    public required string Kind { get; init; }

    /// <summary>What it was: "up (Established)"; null for what was not there.</summary>
    public string? Before { get; init; }

    /// <summary>What it is now; null for what is gone.</summary>
    public string? After { get; init; }

    /// <summary>The protocol as it is now; null for what is gone.</summary>
    public BirdProtocol? Protocol { get; init; }

    /// <summary>The control socket of the BIRD.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name ?? ControlSocket} {Kind}: {Before ?? "-"} > {After ?? "-"}";
}
