namespace WgNet;

/// <summary>An interface as BIRD sees it (show interfaces; BIRD: nest/iface.c, if_show).</summary>
public sealed class BirdInterface
{
    public required string Name { get; init; }

    /// <summary>up or down, as BIRD uses it: up, with a link, and not ignored by an administrator.</summary>
    public required string State { get; init; }

    /// <summary>The kernel's index.</summary>
    public int? Index { get; init; }

    /// <summary>The bridge or VRF that it belongs to.</summary>
    public string? Master { get; init; }

    /// <summary>Its kind: MultiAccess, PtP, ...; null where BIRD shows none.</summary>
    public string? Type { get; init; }

    public int? Mtu { get; init; }

    /// <summary>All flags: Broadcast, Multicast, AdminUp, LinkUp, Loopback, Ignored, ...</summary>
    public string[] Flags { get; init; } = [];

    public BirdInterfaceAddress[] Addresses { get; init; } = [];

    /// <summary>Lines that this version of the module does not know, as they came.</summary>
    public string[] OtherLines { get; init; } = [];

    /// <summary>The control socket of the BIRD that sees it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>An address of an interface, as BIRD sees it.</summary>
public sealed class BirdInterfaceAddress
{
    public required string Address { get; init; }

    public required int PrefixLength { get; init; }

    /// <summary>The other end of a point-to-point link.</summary>
    public string? Peer { get; init; }

    /// <summary>univ, site, link or host.</summary>
    public string? Scope { get; init; }

    /// <summary>Preferred, Secondary, Tentative, ...</summary>
    public string[] Flags { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
