namespace WgNet;

/// <summary>What part of a gateway a difference or step is about.</summary>
public enum WgFabricPart
{
    /// <summary>A network namespace.</summary>
    Namespace,

    /// <summary>A setting of the private namespace's kernel.</summary>
    Sysctl,

    /// <summary>The gateway's private key.</summary>
    Key,

    /// <summary>A WireGuard interface.</summary>
    Tunnel,

    /// <summary>What a tunnel knows of its other end.</summary>
    Peer,

    /// <summary>An address of a tunnel.</summary>
    Address,

    /// <summary>BIRD's configuration file.</summary>
    BirdConfiguration,

    /// <summary>The BIRD of the private namespace.</summary>
    BirdDaemon,

    /// <summary>A protocol that this BIRD runs.</summary>
    BirdProtocol,
}

/// <summary>What makes the gateway as the fabric says.</summary>
public enum WgFabricAction
{
    Add,
    Change,
    Remove,
}

/// <summary>One thing in which a gateway is not as the fabric says.</summary>
public sealed class WgFabricDifference
{
    public required string Gateway { get; init; }

    /// <summary>What part of the gateway it is about.</summary>
    public required WgFabricPart Kind { get; init; }

    /// <summary>Which one: a namespace, a setting, an interface, a file, a protocol.</summary>
    public required string Name { get; init; }

    /// <summary>What of it differs; null: it is missing, or is there and should not be.</summary>
    public string? Property { get; init; }

    /// <summary>As the fabric says; null: nothing. A secret is "(hidden)".</summary>
    public string? Desired { get; init; }

    /// <summary>As it is; null: nothing. A secret is "(hidden)".</summary>
    public string? Actual { get; init; }

    /// <summary>What Invoke-WgFabric would do.</summary>
    public required WgFabricAction Action { get; init; }

    public override string ToString() => $"{Gateway} {Kind} {Name}{(Property is null ? "" : $" {Property}")}: {Actual ?? "nothing"}, not {Desired ?? "nothing"}";
}
