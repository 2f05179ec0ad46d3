using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>struct ndmsg (include/uapi/linux/neighbour.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NeighborHeader
{
    public byte Family;
    public byte Padding1;
    public ushort Padding2;
    public int Index;
    public NetLinkNeighborState State;
    public byte Flags;
    public byte Type;
}

/// <summary>Neighbour attributes (include/uapi/linux/neighbour.h).</summary>
internal static class NeighborAttribute
{
    public const ushort NDA_DST = 1;
    public const ushort NDA_LLADDR = 2;

    public const byte NTF_PROXY = 0x08;
    public const byte NTF_ROUTER = 0x80;
}
