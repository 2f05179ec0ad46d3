using System.Net;
using System.Net.Sockets;
using static WgNet.Netlink.RouteAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>Asks the kernel which way a packet would take, as <c>ip route get</c> does: RTM_GETROUTE for one address.</summary>
internal static class RouteLookup
{
    /// <summary>
    /// The largest packet, in bytes, that goes to an address whole: by the route's own MTU, or the path's where the kernel has learnt it,
    /// else by the MTU of the link. Null where no way leads there.
    /// </summary>
    /// <param name="session">The namespace from which it would go.</param>
    /// <param name="destination">The address.</param>
    /// <param name="mark">The packet's mark, for policy routing; 0 is none.</param>
    public static int? MtuTowards(RouteSession session, IPAddress destination, uint mark = 0)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(destination);
        var writer = new MessageWriter(stackalloc byte[128]);
        Write(ref writer, destination, mark);
        try
        {
            List<(int Mtu, int Link)> ways = session.Channel.Query<(int, int)>(writer.Written, Decode, $"find the way to {destination}{session.Where}", destination.ToString());
            return ways is not [var (mtu, link)] ? null : mtu > 0 ? mtu : Links.TryFindByIndex(session, link)?.Mtu;
        }
        catch (NetlinkException)
        {
            return null;
        }
    }

    private static void Write(ref MessageWriter writer, IPAddress destination, uint mark)
    {
        bool ipv4 = destination.AddressFamily == AddressFamily.InterNetwork;
        writer.Begin(RTM_GETROUTE, MessageFlags.Ack);
        writer.Struct(new RouteHeader { Family = ipv4 ? AF_INET : AF_INET6, DestinationLength = (byte)(ipv4 ? 32 : 128) });
        writer.Address(RTA_DST, destination);
        if (!ipv4 && destination.ScopeId != 0)
            writer.S32(RTA_OIF, (int)destination.ScopeId);
        if (mark != 0)
            writer.U32(RTA_MARK, mark);
        writer.End();
    }

    private static bool Decode(in Message message, out (int Mtu, int Link) way)
    {
        bool read = RouteView.TryRead(in message, out RouteView route, cloned: true);
        way = (route.Mtu, route.InterfaceIndex);
        return read;
    }
}
