using WgNet.Native;

namespace WgNet.Netlink;

/// <summary>
/// The number that the kernel gives to a network namespace and to no other until it starts again (SO_NETNS_COOKIE,
/// include/uapi/asm-generic/socket.h, Linux 5.14). The inode of a namespace that is gone can come back for a new one; this cannot.
/// </summary>
internal static class NamespaceCookie
{
    /// <summary>The cookie of an open namespace; null where the kernel cannot say.</summary>
    public static ulong? Of(NetNamespaceHandle ns) => ns.Cookie ??= NamespaceThread.Run(ns, () =>
    {
        int socket = LibCalls.NetlinkSocket(NetlinkConstants.NETLINK_ROUTE);
        try
        {
            return LibCalls.NamespaceCookie(socket);
        }
        finally
        {
            LibCalls.Close(socket);
        }
    });
}
