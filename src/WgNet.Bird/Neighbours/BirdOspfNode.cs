namespace WgNet;

/// <summary>A router or a network of an OSPF area, as one router knows it (show ospf state; BIRD: proto/ospf/ospf.c, ospf_sh_state).</summary>
public sealed class BirdOspfNode
{
    /// <summary>The name of the OSPF protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>The area's id; null for what is outside of areas.</summary>
    public string? Area { get; init; }

    /// <summary>router, network, or what else BIRD says.</summary>
    public required string Kind { get; init; }

    /// <summary>A router's id, or a network: its prefix, for OSPF version 3 "[router id-interface id]".</summary>
    public required string Id { get; init; }

    /// <summary>What the way there costs; null when it cannot be reached.</summary>
    public long? Distance { get; init; }

    public bool Reachable { get; init; }

    /// <summary>The network's designated router.</summary>
    public string? DesignatedRouter { get; init; }

    /// <summary>What it is joined to, and what it announces.</summary>
    public BirdOspfEdge[] Edges { get; init; } = [];

    /// <summary>Lines that this version of the module does not know, as they came.</summary>
    public string[] OtherLines { get; init; } = [];

    /// <summary>The control socket of the BIRD that knows it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>What a router or network of an OSPF area is joined to, or announces.</summary>
public sealed class BirdOspfEdge
{
    /// <summary>router, network, stubnet, external, xnetwork, xrouter, address, vlink, ...</summary>
    public required string Kind { get; init; }

    /// <summary>A router's id, a prefix or an address.</summary>
    public required string Id { get; init; }

    public long? Metric { get; init; }

    /// <summary>The second metric, of an external route of type 2.</summary>
    public long? Metric2 { get; init; }

    /// <summary>The forwarding address of an external route.</summary>
    public string? Via { get; init; }

    /// <summary>The tag of an external route, eight hexadecimal digits.</summary>
    public string? Tag { get; init; }

    /// <summary>Words that this version of the module does not know, as they came.</summary>
    public string? Other { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Id}{(Metric is null ? "" : $" metric {Metric}")}{(Metric2 is null ? "" : $" metric2 {Metric2}")}";
}
