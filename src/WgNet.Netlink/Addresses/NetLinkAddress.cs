using System.Net;

namespace WgNet;

/// <summary>An IP address of a link.</summary>
public sealed record NetLinkAddress
{
    /// <summary>The link that it is on.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The network namespace, as it was asked for; "" is the caller's own.</summary>
    public string Namespace { get; init; } = "";

    public required IPAddress Address { get; init; }

    /// <summary>Length of the prefix that is reached over the link: that of <see cref="Peer"/>, where there is one.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The other end of a point-to-point address; null where there is none.</summary>
    public IPAddress? Peer { get; init; }

    public NetLinkAddressScope Scope { get; init; }

    public NetLinkAddressFlags Flags { get; init; }

    /// <summary>The index of the link.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>How long it stays valid, from the moment of asking; null for ever.</summary>
    public TimeSpan? ValidLifetime { get; init; }

    /// <summary>How long it is used for new connections, from the moment of asking; null for ever.</summary>
    public TimeSpan? PreferredLifetime { get; init; }

    public override string ToString() => $"{Address}/{PrefixLength}";
}

/// <summary>How far an address or a route is valid (include/uapi/linux/rtnetlink.h, RT_SCOPE_*).</summary>
public enum NetLinkAddressScope : byte
{
    Global = 0,
    Site = 200,
    Link = 253,
    Host = 254,
    Nowhere = 255,
}

/// <summary>Flags of an address (include/uapi/linux/if_addr.h, IFA_F_*).</summary>
[Flags]
public enum NetLinkAddressFlags : uint
{
    None = 0,

    /// <summary>IPv4: not the first of its prefix. IPv6: a temporary address.</summary>
    Secondary = 0x01,

    /// <summary>No duplicate address detection: the address works at once.</summary>
    NoDad = 0x02,
    Optimistic = 0x04,

    /// <summary>Another machine on the link has it: it does not work.</summary>
    DadFailed = 0x08,
    HomeAddress = 0x10,
    Deprecated = 0x20,

    /// <summary>Duplicate address detection still runs: it does not work yet.</summary>
    Tentative = 0x40,
    Permanent = 0x80,
    ManageTemporary = 0x100,
    NoPrefixRoute = 0x200,
    MulticastAutoJoin = 0x400,
    StablePrivacy = 0x800,
}
