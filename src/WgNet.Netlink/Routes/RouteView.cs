using System.Runtime.InteropServices;
using static WgNet.Netlink.RouteAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>
/// A route as it stands in the receive buffer: numbers are read, addresses and ways are still bytes there. It costs no
/// allocation, so that what a filter throws away costs nothing more.
/// </summary>
internal ref struct RouteView
{
    public RouteHeader Header;
    public ReadOnlySpan<byte> Destination;

    /// <summary>4 or 16 bytes; of the other family where the route goes by RTA_VIA.</summary>
    public ReadOnlySpan<byte> Gateway;

    public ReadOnlySpan<byte> PreferredSource;

    /// <summary>RTA_MULTIPATH: struct rtnexthop one after the other. See <see cref="NextHopReader"/>.</summary>
    public ReadOnlySpan<byte> Several;

    public uint Table;
    public uint Metric;

    /// <summary>0 for none.</summary>
    public uint NextHopId;

    public int InterfaceIndex;

    /// <summary>0 for none.</summary>
    public int Mtu;

    public readonly bool IsIPv4 => Header.Family == AF_INET;

    // The kernel hangs IPv6 routes of these types on the loopback, which means nothing.
    public readonly bool Refuses => Header.Type is NetLinkRouteType.Blackhole or NetLinkRouteType.Unreachable or NetLinkRouteType.Prohibit or NetLinkRouteType.Throw;

    /// <summary>Reads one RTM_NEWROUTE or RTM_DELROUTE; false for anything else, for the cache's entries and for what is broken.</summary>
    /// <param name="message">The message.</param>
    /// <param name="route">The route, which is good as long as the buffer.</param>
    /// <param name="cloned">Takes the cache's entries too: the answer about a single address is one.</param>
    public static bool TryRead(scoped in Message message, out RouteView route, bool cloned = false)
    {
        route = default;
        if (message.Type is not (RTM_NEWROUTE or RTM_DELROUTE))
            return false;
        route.Header = message.Header<RouteHeader>();
        if (route.Header.Family is not (AF_INET or AF_INET6) || (!cloned && (route.Header.Flags & RTM_F_CLONED) != 0))
            return false;
        route.Table = route.Header.Table;
        AttributeReader reader = message.Attributes<RouteHeader>();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case RTA_DST: route.Destination = reader.Value; break;
                case RTA_OIF: route.InterfaceIndex = reader.S32(); break;
                case RTA_GATEWAY: route.Gateway = reader.AddressBytes(); break;
                case RTA_VIA: route.Gateway = Via(reader.Value); break;
                case RTA_PRIORITY: route.Metric = reader.U32(); break;
                case RTA_PREFSRC: route.PreferredSource = reader.AddressBytes(); break;
                case RTA_TABLE: route.Table = reader.U32(); break;
                case RTA_NH_ID: route.NextHopId = reader.U32(); break;
                case RTA_METRICS: route.Mtu = ReadMtu(ref reader); break;
                case RTA_MULTIPATH: route.Several = reader.Value; break;
            }
        }

        int size = route.IsIPv4 ? 4 : 16;
        return !reader.Failed && route.Header.DestinationLength <= size * 8 && (route.Destination.Length == size || route.Destination.IsEmpty);
    }

    /// <summary>struct rtvia holds a gateway behind its own family's number; empty for what is none.</summary>
    public static ReadOnlySpan<byte> Via(ReadOnlySpan<byte> value) => value.Length is 6 or 18 ? value[2..] : default;

    private static int ReadMtu(ref AttributeReader route)
    {
        int mtu = 0;
        AttributeReader metrics = route.Nested;
        while (metrics.Next())
        {
            if (metrics.Type == RTAX_MTU)
                mtu = metrics.S32();
        }

        route.Absorb(in metrics);
        return mtu;
    }
}

/// <summary>Walks the ways of a multipath route. What is cut ends the walk.</summary>
internal ref struct NextHopReader(ReadOnlySpan<byte> ways)
{
    private ReadOnlySpan<byte> _rest = ways;

    public NextHopHeader Header { get; private set; }

    /// <summary>4 or 16 bytes, or none.</summary>
    public ReadOnlySpan<byte> Gateway { get; private set; }

    public bool Next()
    {
        if (!MemoryMarshal.TryRead(_rest, out NextHopHeader header) || header.Length < 8 || header.Length > _rest.Length)
            return false;
        Header = header;
        Gateway = default;
        var reader = new AttributeReader(_rest[8..header.Length]);
        while (reader.Next())
        {
            if (reader.Type == RTA_GATEWAY)
                Gateway = reader.AddressBytes();
            else if (reader.Type == RTA_VIA)
                Gateway = RouteView.Via(reader.Value);
        }

        _rest = _rest[Math.Min(NetlinkConstants.Align(header.Length), _rest.Length)..];
        return true;
    }
}
