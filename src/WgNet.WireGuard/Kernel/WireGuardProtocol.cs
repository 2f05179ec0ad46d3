using System.Runtime.InteropServices;

namespace WgNet.WireGuard.Kernel;

/// <summary>struct genlmsghdr (include/uapi/linux/genetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GenericHeader
{
    public byte Command;
    public byte Version;
    public ushort Reserved;
}

/// <summary>The kernel's WireGuard family (include/uapi/linux/wireguard.h).</summary>
internal static class WireGuardProtocol
{
    public const string Family = "wireguard";
    public const byte Version = 1;
    public const byte GetDevice = 0;
    public const byte SetDevice = 1;
}

/// <summary>WGDEVICE_A_*.</summary>
internal static class DeviceAttribute
{
    public const ushort IfIndex = 1;
    public const ushort IfName = 2;
    public const ushort PrivateKey = 3;
    public const ushort PublicKey = 4;
    public const ushort Flags = 5;
    public const ushort ListenPort = 6;
    public const ushort FirewallMark = 7;
    public const ushort Peers = 8;
}

/// <summary>WGDEVICE_F_*.</summary>
internal static class DeviceFlag
{
    public const uint ReplacePeers = 1;
}

/// <summary>WGPEER_A_*.</summary>
internal static class PeerAttribute
{
    public const ushort PublicKey = 1;
    public const ushort PresharedKey = 2;
    public const ushort Flags = 3;
    public const ushort Endpoint = 4;
    public const ushort PersistentKeepalive = 5;
    public const ushort LastHandshake = 6;
    public const ushort ReceivedBytes = 7;
    public const ushort SentBytes = 8;
    public const ushort AllowedIPs = 9;
}

/// <summary>WGPEER_F_*.</summary>
internal static class PeerFlag
{
    public const uint Remove = 1;
    public const uint ReplaceAllowedIPs = 2;
    public const uint UpdateOnly = 4;
}

/// <summary>WGALLOWEDIP_A_*.</summary>
internal static class AllowedIPAttribute
{
    public const ushort Family = 1;
    public const ushort Address = 2;
    public const ushort PrefixLength = 3;
    public const ushort Flags = 4;
}

/// <summary>WGALLOWEDIP_F_*.</summary>
internal static class AllowedIPFlag
{
    /// <summary>Takes this one away from the peer, if it is the peer's. Since Linux 6.16; before, its attribute is EINVAL.</summary>
    public const uint Remove = 1;
}
