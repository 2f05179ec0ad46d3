using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>struct rtmsg (include/uapi/linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RouteHeader
{
    public byte Family;
    public byte DestinationLength;
    public byte SourceLength;
    public byte Tos;

    /// <summary>Tables over 255 are in RTA_TABLE only.</summary>
    public byte Table;

    public byte Protocol;
    public NetLinkAddressScope Scope;
    public NetLinkRouteType Type;
    public uint Flags;
}

/// <summary>struct rtnexthop: one way of a multipath route; its attributes follow it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NextHopHeader
{
    /// <summary>Of the header and its attributes.</summary>
    public ushort Length;

    public NextHopFlags Flags;

    /// <summary>Weight less one.</summary>
    public byte Hops;

    public int Index;
}

/// <summary>Flags of a next hop (RTNH_F_*).</summary>
[Flags]
internal enum NextHopFlags : byte
{
    None = 0,
    Dead = 1,
    OnLink = 4,
    LinkDown = 16,
}

/// <summary>struct nhmsg (include/uapi/linux/nexthop.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NextHopObjectHeader
{
    public byte Family;
    public byte Scope;
    public byte Protocol;
    public byte Reserved;
    public uint Flags;
}

/// <summary>struct nexthop_grp: a member of a group of next hop objects.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NextHopGroupMember
{
    public uint Id;

    /// <summary>Weight less one.</summary>
    public byte Weight;

    public byte WeightHigh;
    public ushort Reserved;
}

/// <summary>Route attributes (include/uapi/linux/rtnetlink.h, nexthop.h).</summary>
internal static class RouteAttribute
{
    public const ushort RTA_DST = 1;
    public const ushort RTA_OIF = 4;
    public const ushort RTA_GATEWAY = 5;
    public const ushort RTA_PRIORITY = 6;
    public const ushort RTA_PREFSRC = 7;
    public const ushort RTA_METRICS = 8;
    public const ushort RTA_MULTIPATH = 9;
    public const ushort RTA_TABLE = 15;
    public const ushort RTA_MARK = 16;
    public const ushort RTA_VIA = 18;
    public const ushort RTA_NH_ID = 30;

    public const ushort RTAX_MTU = 2;

    public const ushort NHA_ID = 1;
    public const ushort NHA_GROUP = 2;
    public const ushort NHA_OIF = 5;
    public const ushort NHA_GATEWAY = 6;

    /// <summary>In the flags of struct rtmsg: an entry of the cache, not of the table.</summary>
    public const uint RTM_F_CLONED = 0x200;
}
