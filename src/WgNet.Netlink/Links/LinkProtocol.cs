using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>struct ifinfomsg (include/uapi/linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkHeader
{
    public byte Family;
    public byte Padding;
    public ushort Type;
    public int Index;
    public NetLinkFlags Flags;

    /// <summary>Which of the flags are meant.</summary>
    public NetLinkFlags Change;
}

/// <summary>The head of struct rtnl_link_stats64 (include/uapi/linux/if_link.h); what follows differs by kernel.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkCounters
{
    public ulong ReceivedPackets;
    public ulong SentPackets;
    public ulong ReceivedBytes;
    public ulong SentBytes;
    public ulong ReceivedErrors;
    public ulong SentErrors;
    public ulong ReceivedDropped;
    public ulong SentDropped;
}

/// <summary>Link attributes (include/uapi/linux/if_link.h, linux/veth.h).</summary>
internal static class LinkAttribute
{
    public const ushort IFLA_ADDRESS = 1;
    public const ushort IFLA_IFNAME = 3;
    public const ushort IFLA_MTU = 4;
    public const ushort IFLA_LINK = 5;
    public const ushort IFLA_MASTER = 10;
    public const ushort IFLA_OPERSTATE = 16;
    public const ushort IFLA_LINKINFO = 18;
    public const ushort IFLA_IFALIAS = 20;
    public const ushort IFLA_STATS64 = 23;
    public const ushort IFLA_AF_SPEC = 26;
    public const ushort IFLA_NET_NS_FD = 28;
    public const ushort IFLA_EXT_MASK = 29;
    public const ushort IFLA_NUM_TX_QUEUES = 31;
    public const ushort IFLA_LINK_NETNSID = 37;
    public const ushort IFLA_NEW_NETNSID = 45;

    public const ushort IFLA_INFO_KIND = 1;
    public const ushort IFLA_INFO_DATA = 2;

    public const ushort IFLA_INET6_ADDR_GEN_MODE = 8;

    public const ushort IFLA_VRF_TABLE = 1;
    public const ushort IFLA_BR_MCAST_SNOOPING = 23;
    public const ushort VETH_INFO_PEER = 1;

    /// <summary>In IFLA_EXT_MASK: leave the counters out, which makes listing names several times shorter.</summary>
    public const uint RTEXT_FILTER_SKIP_STATS = 1 << 3;
}
