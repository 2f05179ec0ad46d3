using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>struct ifaddrmsg (include/uapi/linux/if_addr.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressHeader
{
    public byte Family;
    public byte PrefixLength;

    /// <summary>The low eight flags; IFA_FLAGS holds them all.</summary>
    public byte Flags;

    public NetLinkAddressScope Scope;
    public int Index;
}

/// <summary>struct ifa_cacheinfo: lifetimes in seconds, 2^32-1 for ever.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressLifetime
{
    public uint Preferred;
    public uint Valid;
    public uint Created;
    public uint Updated;
}

/// <summary>Address attributes (include/uapi/linux/if_addr.h).</summary>
internal static class AddressAttribute
{
    public const ushort IFA_ADDRESS = 1;
    public const ushort IFA_LOCAL = 2;
    public const ushort IFA_CACHEINFO = 6;
    public const ushort IFA_FLAGS = 8;
}
