namespace WgNet;

/// <summary>A route of a static protocol as it is configured, whether it can be used now or not (show static; BIRD: proto/static/static.c).</summary>
public sealed class BirdStaticRoute
{
    /// <summary>The name of the static protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>Where it leads, as BIRD writes it: a prefix, or what a ROA, VPN or flow table holds.</summary>
    public required string Prefix { get; init; }

    /// <summary>unicast, blackhole, unreachable, prohibited, recursive; none for what has no destination (ROA, flow).</summary>
    public required string Type { get; init; }

    public BirdStaticNextHop[] NextHops { get; init; } = [];

    /// <summary>The address whose own route a recursive one follows.</summary>
    public string? RecursiveVia { get; init; }

    /// <summary>Whether any next hop can be used now; true for what needs none.</summary>
    public bool Active => NextHops.Length == 0 || NextHops.Any(hop => !hop.Dormant);

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => NextHops.Length == 0 ? $"{Prefix} {Type}" : $"{Prefix} {string.Join(", ", (object[])NextHops)}";
}

/// <summary>A next hop of a static route.</summary>
public sealed class BirdStaticNextHop
{
    /// <summary>The gateway; null where the network is on the link itself.</summary>
    public string? Gateway { get; init; }

    /// <summary>The interface where the configuration names one: for no gateway, or for a link-local one.</summary>
    public string? InterfaceName { get; init; }

    public bool OnLink { get; init; }

    /// <summary>Not usable now: its interface is down or BFD does not see the gateway.</summary>
    public bool Dormant { get; init; }

    /// <summary>BFD watches the gateway.</summary>
    public bool Bfd { get; init; }

    /// <summary>Words that this version of the module does not know, as they came.</summary>
    public string? Other { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Gateway}{(Gateway is null ? "" : InterfaceName is null ? "" : "%")}{InterfaceName}{(Dormant ? " (dormant)" : "")}";
}
