namespace WgNet;

/// <summary>A link-state advertisement in an OSPF protocol's database (show ospf lsadb; BIRD: proto/ospf/ospf.c, ospf_sh_lsadb).</summary>
public sealed class BirdOspfLsa
{
    /// <summary>The name of the OSPF protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>How far it is flooded: Global, Area or Link.</summary>
    public required string Scope { get; init; }

    /// <summary>The area that it belongs to.</summary>
    public string? Area { get; init; }

    /// <summary>The interface that it belongs to.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Its type's number (RFC 2328, A.4.1; RFC 5340, A.4.2.1).</summary>
    public required int Type { get; init; }

    /// <summary>Its type in words: Router, Network, External, ...; the number where this version knows no word.</summary>
    public string TypeName => Type switch
    {
        0x0001 or 0x2001 => "Router",
        0x0002 or 0x2002 => "Network",
        0x0003 or 0x2003 => "InterAreaPrefix",
        0x0004 or 0x2004 => "InterAreaRouter",
        0x0005 or 0x4005 => "External",
        0x0007 or 0x2007 => "Nssa",
        0x0008 => "Link",
        0x2009 => "IntraAreaPrefix",
        0x0009 => "OpaqueLink",
        0x000a => "OpaqueArea",
        0x000b => "OpaqueGlobal",
        _ => $"{Type:x4}",
    };

    /// <summary>What it is about, four numbers with dots; the meaning depends on the type.</summary>
    public required string LinkStateId { get; init; }

    /// <summary>The router that made it.</summary>
    public required string AdvertisingRouter { get; init; }

    /// <summary>Which of its versions this is; the first one is 0x80000001.</summary>
    public required uint Sequence { get; init; }

    /// <summary>How long ago it was made.</summary>
    public required TimeSpan Age { get; init; }

    public required int Checksum { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{TypeName} {LinkStateId} of {AdvertisingRouter}";
}
