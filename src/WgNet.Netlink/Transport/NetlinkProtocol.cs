using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>Flags of a netlink message header (include/uapi/linux/netlink.h).</summary>
[Flags]
public enum MessageFlags : ushort
{
    None = 0,
    Request = 0x01,
    Multi = 0x02,
    Ack = 0x04,

    /// <summary>On a request that changes something: send what was made to this socket too, before the acknowledgement.</summary>
    Echo = 0x08,
    DumpInterrupted = 0x10,

    /// <summary>NLM_F_ROOT | NLM_F_MATCH, on a request for a list.</summary>
    Dump = 0x300,

    /// <summary>On NEW requests only; the same bits mean something else elsewhere.</summary>
    Replace = 0x100,
    Exclusive = 0x200,
    Create = 0x400,
    Append = 0x800,

    /// <summary>On acknowledgements only: extended ACK attributes follow.</summary>
    AckTlvs = 0x200,

    /// <summary>On acknowledgements only: the request is not echoed.</summary>
    Capped = 0x100,
}

/// <summary>struct nlmsghdr: 16 bytes in native byte order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MessageHeader
{
    public uint Length;
    public ushort Type;
    public MessageFlags Flags;
    public uint Sequence;
    public uint Port;

    public const int Size = 16;
}

/// <summary>Constants of include/uapi/linux/netlink.h that Tmds.LibC lacks.</summary>
internal static class NetlinkConstants
{
    public const int AF_NETLINK = 16;

    public const int NETLINK_ROUTE = 0;
    public const int NETLINK_GENERIC = 16;

    public const ushort NLMSG_NOOP = 1;
    public const ushort NLMSG_ERROR = 2;
    public const ushort NLMSG_DONE = 3;
    public const ushort NLMSG_OVERRUN = 4;

    public const int NETLINK_ADD_MEMBERSHIP = 1;
    public const int NETLINK_CAP_ACK = 10;
    public const int NETLINK_EXT_ACK = 11;
    public const int NETLINK_GET_STRICT_CHK = 12;

    public const ushort NLMSGERR_ATTR_MSG = 1;
    public const ushort NLMSGERR_ATTR_OFFS = 2;

    public const ushort NLA_F_NESTED = 0x8000;
    public const ushort NLA_TYPE_MASK = 0x3fff;

    public static int Align(int length) => (length + 3) & ~3;
}
