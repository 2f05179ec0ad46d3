namespace WgNet;

/// <summary>What an OSPF protocol says of itself and of its areas (show ospf; BIRD: proto/ospf/ospf.c, ospf_sh).</summary>
public sealed class BirdOspfStatus
{
    /// <summary>The name of the OSPF protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>Whether ways to routes from outside are compared as RFC 1583 did; all routers have to agree.</summary>
    public bool Rfc1583Compatibility { get; init; }

    /// <summary>It announces itself as the last way for other routers' traffic (RFC 6987).</summary>
    public bool StubRouter { get; init; }

    /// <summary>How long it gathers changes before it computes the routes anew.</summary>
    public TimeSpan? SchedulerTick { get; init; }

    /// <summary>How many areas BIRD counts.</summary>
    public int? AreaCount { get; init; }

    /// <summary>How many advertisements it holds.</summary>
    public int? LsaCount { get; init; }

    public BirdOspfArea[] Areas { get; init; } = [];

    /// <summary>Lines that this version of the module does not know, as they came.</summary>
    public string[] OtherLines { get; init; } = [];

    /// <summary>The control socket of the BIRD that runs it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Protocol}, {Areas.Length} areas";
}

/// <summary>An area of an OSPF protocol.</summary>
public sealed class BirdOspfArea
{
    /// <summary>Its id, four numbers with dots; 0.0.0.0 is the backbone.</summary>
    public required string Id { get; init; }

    public bool Backbone => Id == "0.0.0.0";

    /// <summary>Routes from outside of OSPF are not told there.</summary>
    public bool Stub { get; init; }

    /// <summary>A stub that has routes from outside of its own (RFC 3101).</summary>
    public bool Nssa { get; init; }

    /// <summary>Traffic of other areas may go through it.</summary>
    public bool Transit { get; init; }

    /// <summary>Whether this router tells those routes to other areas: Yes, No, or "Yes (run down)"; null where it is no such area.</summary>
    public string? NssaTranslation { get; init; }

    /// <summary>How many interfaces are in it.</summary>
    public int? Interfaces { get; init; }

    /// <summary>How many neighbours there are on them.</summary>
    public int? Neighbors { get; init; }

    /// <summary>How many of those exchange routes (Full).</summary>
    public int? AdjacentNeighbors { get; init; }

    /// <summary>The networks that its routes are summed up to for other areas.</summary>
    public BirdOspfAreaNetwork[] Networks { get; init; } = [];

    /// <summary>The networks that its routes from outside are summed up to.</summary>
    public BirdOspfAreaNetwork[] ExternalNetworks { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>A network that an area's routes are summed up to.</summary>
public sealed class BirdOspfAreaNetwork
{
    public required string Prefix { get; init; }

    /// <summary>It is kept from other areas.</summary>
    public bool Hidden { get; init; }

    /// <summary>Routes of the area lie in it.</summary>
    public bool Active { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Prefix;
}
