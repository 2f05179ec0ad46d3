using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static WgNet.Netlink.RouteAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>Routes as netlink messages, both ways.</summary>
internal static class RouteCodec
{
    /// <summary>Reads one RTM_NEWROUTE or RTM_DELROUTE. Namespace and names of links are the caller's to add.</summary>
    public static bool Decode(in Message message, out NetLinkRoute route)
    {
        route = null!;
        if (message.Type is not (RTM_NEWROUTE or RTM_DELROUTE))
            return false;
        RouteHeader header = message.Header<RouteHeader>();
        if (header.Family is not (AF_INET or AF_INET6) || (header.Flags & RTM_F_CLONED) != 0)
            return false;
        IPAddress destination = header.Family == AF_INET ? IPAddress.Any : IPAddress.IPv6Any;
        IPAddress? gateway = null, source = null;
        uint table = header.Table, metric = 0;
        uint? nextHopId = null;
        int? mtu = null;
        int index = 0;
        List<NetLinkNextHop>? several = null;
        AttributeReader reader = message.Attributes<RouteHeader>();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case RTA_DST: destination = reader.Address() ?? destination; break;
                case RTA_OIF: index = reader.S32(); break;
                case RTA_GATEWAY: gateway = reader.Address(); break;
                case RTA_VIA: gateway = Via(reader.Value); break;
                case RTA_PRIORITY: metric = reader.U32(); break;
                case RTA_PREFSRC: source = reader.Address(); break;
                case RTA_TABLE: table = reader.U32(); break;
                case RTA_NH_ID: nextHopId = reader.U32(); break;
                case RTA_METRICS: mtu = Mtu(ref reader); break;
                case RTA_MULTIPATH: several = Several(reader.Value); break;
            }
        }

        int bits = header.Family == AF_INET ? 32 : 128;
        if (reader.Failed || header.DestinationLength > bits || Bits(destination) != bits)
            return false;
        route = new NetLinkRoute
        {
            Destination = IPNetworks.Masked(destination, header.DestinationLength),
            NextHops = Refuses(header.Type) ? [] : several is not null ? [.. several] : One(gateway, index, (NextHopFlags)header.Flags),
            Protocol = RouteProtocols.NameOf(header.Protocol),
            Metric = metric,
            Table = RouteTables.NameOf(table),
            Type = header.Type,
            PreferredSource = source,
            Scope = header.Scope,
            Mtu = mtu,
            NextHopId = nextHopId,
        };
        return true;
    }

    /// <summary>Asks for the routes of one family; the kernel filters by what is not null.</summary>
    public static void WriteList(ref MessageWriter writer, byte family, uint? table, byte? protocol, NetLinkRouteType? type)
    {
        writer.Begin(RTM_GETROUTE, MessageFlags.Dump);
        writer.Struct(new RouteHeader { Family = family, Protocol = protocol ?? 0, Type = type ?? NetLinkRouteType.Unspecified });
        if (table is uint number)
            writer.U32(RTA_TABLE, number);
        writer.End();
    }

    /// <summary>Asks for a new route, and for an echo of what the kernel made of it.</summary>
    public static void WriteAdd(ref MessageWriter writer, RouteSpec spec, bool replace) => Write(
        ref writer,
        RTM_NEWROUTE,
        MessageFlags.Ack | MessageFlags.Echo | MessageFlags.Create | (replace ? MessageFlags.Replace : MessageFlags.Exclusive),
        spec,
        ScopeOf(spec));

    // Scope "nowhere" in a removal means any.
    public static void WriteRemove(ref MessageWriter writer, RouteSpec spec) =>
        Write(ref writer, RTM_DELROUTE, MessageFlags.Ack, spec, NetLinkAddressScope.Nowhere);

    private static void Write(ref MessageWriter writer, ushort type, MessageFlags flags, RouteSpec spec, NetLinkAddressScope scope)
    {
        bool ipv4 = spec.Destination.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        NetLinkNextHop? only = spec.NextHops.Count == 1 ? spec.NextHops[0] : null;
        writer.Begin(type, flags);
        writer.Struct(new RouteHeader
        {
            Family = ipv4 ? AF_INET : AF_INET6,
            DestinationLength = (byte)spec.Destination.PrefixLength,
            Table = spec.Table <= byte.MaxValue ? (byte)spec.Table : (byte)0,
            Protocol = spec.Protocol,
            Scope = ipv4 ? scope : NetLinkAddressScope.Global,
            Type = spec.Type,
            Flags = only is { OnLink: true } ? (uint)NextHopFlags.OnLink : 0,
        });
        if (spec.Destination.PrefixLength > 0)
            writer.Address(RTA_DST, spec.Destination.BaseAddress);
        if (spec.PreferredSource is not null)
            writer.Address(RTA_PREFSRC, spec.PreferredSource);
        if (spec.Metric is uint metric)
            writer.U32(RTA_PRIORITY, metric);
        if (spec.Table > byte.MaxValue)
            writer.U32(RTA_TABLE, spec.Table);
        if (spec.Mtu is int mtu)
        {
            int metrics = writer.Nest(RTA_METRICS);
            writer.S32(RTAX_MTU, mtu);
            writer.EndNest(metrics);
        }

        if (spec.NextHopId is uint id)
            writer.U32(RTA_NH_ID, id);
        else if (only is not null)
            WriteOne(ref writer, only, ipv4);
        else if (spec.NextHops.Count > 1)
            WriteSeveral(ref writer, spec.NextHops, ipv4);
        writer.End();
    }

    private static void WriteOne(ref MessageWriter writer, NetLinkNextHop hop, bool ipv4)
    {
        WriteGateway(ref writer, hop.Gateway, ipv4);
        if (hop.InterfaceIndex > 0)
            writer.S32(RTA_OIF, hop.InterfaceIndex);
    }

    private static void WriteSeveral(ref MessageWriter writer, IReadOnlyList<NetLinkNextHop> hops, bool ipv4)
    {
        int start = writer.Nest(RTA_MULTIPATH);
        foreach (NetLinkNextHop hop in hops)
        {
            int entry = writer.Length;
            writer.Struct(new NextHopHeader
            {
                Flags = hop.OnLink ? NextHopFlags.OnLink : NextHopFlags.None,
                Hops = (byte)(hop.Weight - 1),
                Index = hop.InterfaceIndex,
            });
            WriteGateway(ref writer, hop.Gateway, ipv4);
            writer.PatchLength(entry);
        }

        writer.EndNest(start);
    }

    private static void WriteGateway(ref MessageWriter writer, IPAddress? gateway, bool ipv4)
    {
        if (gateway is null)
            return;
        if (ipv4 == (gateway.AddressFamily == AddressFamily.InterNetwork))
        {
            writer.Address(RTA_GATEWAY, gateway);
            return;
        }

        // struct rtvia: a gateway of the other family, behind its own family's number.
        Span<byte> via = stackalloc byte[18];
        ushort family = gateway.AddressFamily == AddressFamily.InterNetwork ? AF_INET : AF_INET6;
        MemoryMarshal.Write(via, in family);
        gateway.TryWriteBytes(via[2..], out int count);
        writer.Bytes(RTA_VIA, via[..(2 + count)]);
    }

    private static NetLinkNextHop[] One(IPAddress? gateway, int index, NextHopFlags flags) =>
        gateway is null && index == 0 ? [] : [Hop(gateway, index, 1, flags)];

    private static List<NetLinkNextHop> Several(ReadOnlySpan<byte> rest)
    {
        List<NetLinkNextHop> hops = [];
        while (MemoryMarshal.TryRead(rest, out NextHopHeader header) && header.Length >= 8 && header.Length <= rest.Length)
        {
            IPAddress? gateway = null;
            var reader = new AttributeReader(rest[8..header.Length]);
            while (reader.Next())
            {
                if (reader.Type == RTA_GATEWAY)
                    gateway = reader.Address();
                else if (reader.Type == RTA_VIA)
                    gateway = Via(reader.Value);
            }

            hops.Add(Hop(gateway, header.Index, header.Hops + 1, header.Flags));
            rest = rest[Math.Min(NetlinkConstants.Align(header.Length), rest.Length)..];
        }

        return hops;
    }

    private static NetLinkNextHop Hop(IPAddress? gateway, int index, int weight, NextHopFlags flags) => new()
    {
        Gateway = gateway,
        InterfaceIndex = index,
        Weight = weight,
        OnLink = flags.HasFlag(NextHopFlags.OnLink),
        IsDead = (flags & (NextHopFlags.Dead | NextHopFlags.LinkDown)) != 0,
    };

    private static IPAddress? Via(ReadOnlySpan<byte> value) => value.Length is 6 or 18 ? new IPAddress(value[2..]) : null;

    private static int? Mtu(ref AttributeReader route)
    {
        int? mtu = null;
        AttributeReader metrics = route.Nested;
        while (metrics.Next())
        {
            if (metrics.Type == RTAX_MTU)
                mtu = metrics.S32();
        }

        route.Absorb(in metrics);
        return mtu;
    }

    // The kernel hangs IPv6 routes of these types on the loopback, which means nothing.
    private static bool Refuses(NetLinkRouteType type) => type is NetLinkRouteType.Blackhole or NetLinkRouteType.Unreachable or NetLinkRouteType.Prohibit or NetLinkRouteType.Throw;

    private static NetLinkAddressScope ScopeOf(RouteSpec spec) => spec.Type switch
    {
        NetLinkRouteType.Local => NetLinkAddressScope.Host,
        NetLinkRouteType.Broadcast or NetLinkRouteType.Multicast or NetLinkRouteType.Anycast => NetLinkAddressScope.Link,
        NetLinkRouteType.Unicast when spec.NextHopId is null && spec.NextHops.All(hop => hop.Gateway is null) => NetLinkAddressScope.Link,
        _ => NetLinkAddressScope.Global,
    };

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
}
