namespace WgNet.Netlink;

/// <summary>A link to make.</summary>
/// <param name="Name">Its name; see <see cref="LinkName"/>.</param>
/// <param name="Kind">What it is to be, in the kernel's words: "veth", "wireguard", "bridge", "dummy", "vrf", "ifb", or any other kind that needs no data.</param>
public sealed record LinkSpec(string Name, string Kind)
{
    /// <summary>What this kind alone needs; null for nothing.</summary>
    public LinkData? Data { get; init; }

    public bool Up { get; init; }

    /// <summary>Bytes; null leaves it to the kernel.</summary>
    public int? Mtu { get; init; }

    /// <summary>Six bytes in hexadecimal with colons or dashes; null leaves it to the kernel.</summary>
    public string? MacAddress { get; init; }

    /// <summary>The index of the bridge or VRF to join.</summary>
    public int? MasterIndex { get; init; }

    public string? Alias { get; init; }

    public AddressGenerationMode? AddressGenerationMode { get; init; }
}

/// <summary>Changes to a link: what is null stays as it is.</summary>
public sealed record LinkChange
{
    public bool? Up { get; init; }

    public int? Mtu { get; init; }

    /// <summary>A new name. Together with <see cref="Namespace"/> it is the name there, in the same request.</summary>
    public string? Name { get; init; }

    public string? MacAddress { get; init; }

    /// <summary>The index of the bridge or VRF to join; 0 leaves the present one.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>A free text; "" removes it.</summary>
    public string? Alias { get; init; }

    public AddressGenerationMode? AddressGenerationMode { get; init; }

    /// <summary>Moves the link. It arrives down and without its addresses.</summary>
    public NetNamespaceHandle? Namespace { get; init; }
}

/// <summary>How a link gets its own IPv6 link-local address (include/uapi/linux/if_link.h, IN6_ADDR_GEN_MODE_*).</summary>
public enum AddressGenerationMode : byte
{
    /// <summary>From the hardware address.</summary>
    Eui64,

    /// <summary>It gets none: what the kernel's WireGuard does.</summary>
    None,

    /// <summary>From a secret of this machine (RFC 7217).</summary>
    StablePrivacy,

    /// <summary>From a random number.</summary>
    Random,
}
