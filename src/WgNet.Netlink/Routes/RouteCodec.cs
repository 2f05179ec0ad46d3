using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static WgNet.Netlink.RouteAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>Routes as netlink messages, both ways.</summary>
internal static class RouteCodec
{
    /// <summary>Reads one RTM_NEWROUTE or RTM_DELROUTE, without namespace and names of links.</summary>
    public static bool Decode(in Message message, out NetLinkRoute route) => RouteMaker.Nameless.Decode(in message, out route);

    /// <summary>Asks for the routes of one family; the kernel filters by what is not null, and by the link where the index is not 0.</summary>
    public static void WriteList(ref MessageWriter writer, byte family, uint? table, byte? protocol, NetLinkRouteType? type, int index = 0)
    {
        writer.Begin(RTM_GETROUTE, MessageFlags.Dump);
        writer.Struct(new RouteHeader { Family = family, Protocol = protocol ?? 0, Type = type ?? NetLinkRouteType.Unspecified });
        if (table is uint number)
            writer.U32(RTA_TABLE, number);
        if (index != 0)
            writer.S32(RTA_OIF, index);
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

    private static NetLinkAddressScope ScopeOf(RouteSpec spec) => spec.Type switch
    {
        NetLinkRouteType.Local => NetLinkAddressScope.Host,
        NetLinkRouteType.Broadcast or NetLinkRouteType.Multicast or NetLinkRouteType.Anycast => NetLinkAddressScope.Link,
        NetLinkRouteType.Unicast when spec.NextHopId is null && spec.NextHops.All(hop => hop.Gateway is null) => NetLinkAddressScope.Link,
        _ => NetLinkAddressScope.Global,
    };
}
