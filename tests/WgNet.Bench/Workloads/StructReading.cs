using WgNet.Netlink;
using WgNet.WireGuard.Kernel;

namespace WgNet.Bench;

/// <summary>
/// Reads all that a message holds into structures; how many items there were. The benchmark times it, and the unit tests show that it
/// costs no memory.
/// </summary>
internal static class StructReading
{
    /// <summary>A route, its ways too.</summary>
    public static int Route(in Message message)
    {
        if (!RouteView.TryRead(in message, out RouteView route))
            return 0;
        var hops = new NextHopReader(route.Several);
        while (hops.Next())
        {
        }

        return 1;
    }

    /// <summary>A link.</summary>
    public static int Link(in Message message) => LinkView.TryRead(in message, out _) ? 1 : 0;

    /// <summary>An address.</summary>
    public static int Address(in Message message) => AddressView.TryRead(in message, out _) ? 1 : 0;

    /// <summary>WireGuard peers, their allowed IPs too.</summary>
    public static int Peers(in Message message)
    {
        int peers = 0;
        AttributeReader attributes = message.Attributes<GenericHeader>();
        while (attributes.Next())
        {
            AttributeReader list = attributes.Type == DeviceAttribute.Peers ? attributes.Nested : default;
            while (list.Next())
            {
                if (!PeerView.TryRead(list.Value, out PeerView peer, out _))
                    continue;
                peers++;
                var allowed = new AllowedIPReader(peer.AllowedIPs);
                while (allowed.Next())
                {
                }
            }
        }

        return peers;
    }
}
