using WgNet.Netlink;
using WgNet.WireGuard.Kernel;
using WgNet.WireGuard.Uapi;

namespace WgNet.WireGuard.Tunnels;

/// <summary>Opens the channel to a device: the one place that knows both back ends.</summary>
internal static class WgDevices
{
    /// <summary>A device of the kernel, by its interface's name now.</summary>
    public static IWgDevice Kernel(NetNamespaceHandle ns, string name) => KernelDevice.Open(name, ns);

    /// <summary>A device behind a UAPI socket.</summary>
    public static IWgDevice Userspace(string socketPath) => new UapiDevice(socketPath);
}
