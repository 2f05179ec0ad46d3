using System.Net;

namespace WgNet;

/// <summary>A machine on a link, as ARP or neighbour discovery found it.</summary>
public sealed record NetLinkNeighbor
{
    /// <summary>The link that it is on.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The network namespace, as it was asked for; "" is the caller's own.</summary>
    public string Namespace { get; init; } = "";

    public required IPAddress Address { get; init; }

    /// <summary>Its hardware address; null while it is not known.</summary>
    public string? MacAddress { get; init; }

    public NetLinkNeighborState State { get; init; }

    /// <summary>It said that it is a router.</summary>
    public bool IsRouter { get; init; }

    /// <summary>This machine answers for it.</summary>
    public bool IsProxy { get; init; }

    /// <summary>The index of the link.</summary>
    public int InterfaceIndex { get; init; }

    public override string ToString() => $"{Address} {MacAddress}".TrimEnd();
}

/// <summary>What is known about a neighbour (include/uapi/linux/neighbour.h, NUD_*).</summary>
[Flags]
public enum NetLinkNeighborState : ushort
{
    None = 0,

    /// <summary>Asked for, without an answer yet.</summary>
    Incomplete = 0x01,
    Reachable = 0x02,

    /// <summary>Was reachable; is asked again when it is needed.</summary>
    Stale = 0x04,
    Delay = 0x08,
    Probe = 0x10,

    /// <summary>Does not answer.</summary>
    Failed = 0x20,

    /// <summary>The link needs no hardware address.</summary>
    NoArp = 0x40,

    /// <summary>Set by hand.</summary>
    Permanent = 0x80,
}
