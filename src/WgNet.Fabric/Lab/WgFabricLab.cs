namespace WgNet;

/// <summary>Whether a lab is as it was started.</summary>
public enum WgFabricLabState
{
    /// <summary>Everything that was made is there.</summary>
    Up,

    /// <summary>Its start was ended before everything was made; start it again, or stop it.</summary>
    Incomplete,

    /// <summary>A namespace or a BIRD is gone; start it again, or stop it.</summary>
    Damaged,
}

/// <summary>A fabric that stands as namespaces on this machine.</summary>
public sealed record WgFabricLab
{
    /// <summary>The lab's name; its namespaces' names begin with it.</summary>
    public required string Name { get; init; }

    /// <summary>The fabric's name.</summary>
    public required string FabricName { get; init; }

    /// <summary>The file that the fabric was read from; null for one that was made in memory.</summary>
    public string? Path { get; init; }

    public required WgFabricLabState State { get; init; }

    /// <summary>When it was started first.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The names of the sites.</summary>
    public required string[] Sites { get; init; }

    public required WgFabricLabGateway[] Gateways { get; init; }

    /// <summary>One router for each site.</summary>
    public required WgFabricLabRouter[] Routers { get; init; }

    /// <summary>All its namespaces, that of the switches first.</summary>
    public required string[] Namespaces { get; init; }

    /// <summary>How many tunnels it has; each has two ends.</summary>
    public required int Tunnels { get; init; }

    /// <summary>What WireGuard it was asked to use.</summary>
    public required WgBackend Backend { get; init; }

    /// <summary>The folder with its record, the gateways' keys and configurations, and the control sockets.</summary>
    public required string Folder { get; init; }

    /// <summary>How long it took to make; null for a lab that was looked up.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>How long it took from the start until every session and route was there; null where that was not waited for.</summary>
    public TimeSpan? Settled { get; init; }

    public override string ToString() => Name;
}

/// <summary>A gateway of a lab.</summary>
public sealed class WgFabricLabGateway
{
    /// <summary>Its name in the fabric.</summary>
    public required string Gateway { get; init; }

    public required string Site { get; init; }

    /// <summary>The namespace of its clear side, where its tunnels are.</summary>
    public required string Namespace { get; init; }

    /// <summary>The namespace of its encrypted side.</summary>
    public required string TransportNamespace { get; init; }

    /// <summary>The control socket of its BIRD.</summary>
    public required string ControlSocket { get; init; }

    /// <summary>How many tunnels end at it.</summary>
    public required int Tunnels { get; init; }

    public override string ToString() => Gateway;
}

/// <summary>The router of a site of a lab, which stands for the site's hosts.</summary>
public sealed class WgFabricLabRouter
{
    public required string Site { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The control socket of its BIRD.</summary>
    public required string ControlSocket { get; init; }

    /// <summary>The first address of each of the site's prefixes, which it answers at.</summary>
    public required string[] Address { get; init; }

    public override string ToString() => Namespace;
}
