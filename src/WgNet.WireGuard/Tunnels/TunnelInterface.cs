using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>What a tunnel's interface needs before it gets addresses and comes up, so that both back ends' behave alike.</summary>
internal static class TunnelInterface
{
    public static void Prepare(NetNamespaceHandle home, RouteSession session, NetLink link)
    {
        if (link.Kind != LocatedTunnel.KernelKind)
            SuppressLinkLocal(session, link);
        KeepAddressesWhenDown(home, link);
    }

    /// <summary>A TUN interface would make itself an IPv6 link-local address, which the kernel's WireGuard does not.</summary>
    private static void SuppressLinkLocal(RouteSession session, NetLink link)
    {
        try
        {
            Links.Change(session, link, new LinkChange { AddressGenerationMode = AddressGenerationMode.None });
        }
        catch (NetlinkException refusal) when (refusal.Error is Errno.EAFNOSUPPORT or Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            // Without IPv6 there is nothing to suppress.
        }
    }

    /// <summary>Going down, a link loses its IPv6 addresses and keeps its IPv4 ones. A tunnel that comes up again is to be what it was.</summary>
    private static void KeepAddressesWhenDown(NetNamespaceHandle home, NetLink link)
    {
        try
        {
            Sysctls.Set(home, $"net/ipv6/conf/{link.Name}/keep_addr_on_down", "1");
        }
        catch (FaultException)
        {
            // No IPv6, or settings that are read-only (a container): it is as the kernel has it then.
        }
    }
}
