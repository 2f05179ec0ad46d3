using System.Net.Sockets;

namespace WgNet.Netlink;

/// <summary>Which routes to list; what is null does not matter.</summary>
public sealed record RouteFilter
{
    public AddressFamily Family { get; init; } = AddressFamily.Unspecified;

    public uint? Table { get; init; }

    public byte? Protocol { get; init; }

    public NetLinkRouteType? Type { get; init; }
}

/// <summary>The routes of one namespace.</summary>
public static class Routes
{
    // 64 next hops of the largest kind take 2.8 KiB.
    private const int RequestSize = 8 * 1024;

    /// <summary>The routes that a filter leaves, IPv4 before IPv6, in the kernel's order. The kernel does the filtering.</summary>
    public static IReadOnlyList<NetLinkRoute> List(RouteSession session, RouteFilter? filter = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        filter ??= new RouteFilter();
        List<NetLinkRoute> routes = [];
        if (filter.Family is AddressFamily.Unspecified or AddressFamily.InterNetwork)
            routes.AddRange(Dump(session, RouteConstants.AF_INET, filter, cancel));
        if (filter.Family is AddressFamily.Unspecified or AddressFamily.InterNetworkV6)
            routes.AddRange(Dump(session, RouteConstants.AF_INET6, filter, cancel));
        Complete(session, routes, cancel);
        return routes;
    }

    /// <summary>Makes a route, and returns it as the kernel keeps it. Faults: "RouteExists", "GatewayUnreachable", "InvalidRoute".</summary>
    /// <param name="session">The namespace.</param>
    /// <param name="spec">The route.</param>
    /// <param name="replace">Takes the place of a route to the same destination with the same metric.</param>
    public static NetLinkRoute Add(RouteSession session, RouteSpec spec, bool replace = false)
    {
        Check(session, spec);
        var writer = new MessageWriter(stackalloc byte[RequestSize]);
        RouteCodec.WriteAdd(ref writer, spec, replace);
        List<NetLinkRoute> made;
        try
        {
            made = session.Channel.Query<NetLinkRoute>(writer.Written, RouteCodec.Decode, $"add the route to {spec.Destination}{session.Where}", spec.ToString());
        }
        catch (NetlinkException refusal)
        {
            throw Explain(refusal);
        }

        if (made.Count == 0)
            throw new FaultException("UnexpectedReply", FaultKind.InvalidData, $"The kernel did not show the route to {spec.Destination}{session.Where} that it made.", spec.ToString());
        Complete(session, made, default);
        return made[^1];
    }

    /// <summary>Removes a route as it was listed: all of its ways. Fault "RouteNotFound".</summary>
    public static void Remove(RouteSession session, NetLinkRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        var spec = new RouteSpec(route.Destination)
        {
            // Without next hops the kernel takes away all of a multipath route.
            NextHops = route.NextHops.Length == 1 && route.NextHopId is null ? route.NextHops : [],
            Metric = route.Metric,
            Table = RouteTables.Parse(route.Table),
            Protocol = RouteProtocols.Parse(route.Protocol),
            Type = route.Type,
            NextHopId = route.NextHopId,
        };
        Check(session, spec);
        var writer = new MessageWriter(stackalloc byte[RequestSize]);
        RouteCodec.WriteRemove(ref writer, spec);
        try
        {
            session.Channel.Execute(writer.Written, $"remove the route to {spec.Destination}{session.Where}", spec.ToString());
        }
        catch (NetlinkException refusal) when (refusal.Error is Errno.ESRCH or Errno.ENOENT)
        {
            throw refusal.As("RouteNotFound", FaultKind.NotFound, "Get-NetLinkRoute lists the routes that there are.");
        }
    }

    /// <summary>Adds the namespace, the names of links, and the ways behind next hop objects.</summary>
    internal static void Complete(RouteSession session, List<NetLinkRoute> routes, CancellationToken cancel)
    {
        if (routes.Count == 0)
            return;
        Dictionary<int, string> names = Links.Names(session, cancel);
        Dictionary<uint, NetLinkNextHop[]>? objects = null;
        for (int i = 0; i < routes.Count; i++)
        {
            NetLinkRoute route = routes[i];
            NetLinkNextHop[] hops = route.NextHops;

            // The kernel writes the ways beside the object's number, unless net.ipv4.nexthop_compat_mode is off.
            if (route.NextHopId is uint id && hops.Length == 0 && (objects ??= NextHopObjects.List(session, cancel)).TryGetValue(id, out NetLinkNextHop[]? behind))
                hops = behind;
            routes[i] = Named(route, hops, session.NamespaceName, names);
        }
    }

    internal static NetLinkRoute Named(NetLinkRoute route, NetLinkNextHop[] hops, string ns, Dictionary<int, string> names) => route with
    {
        Namespace = ns,
        NextHops = [.. hops.Select(hop => hop with { InterfaceName = names.GetValueOrDefault(hop.InterfaceIndex) })],
    };

    private static List<NetLinkRoute> Dump(RouteSession session, byte family, RouteFilter filter, CancellationToken cancel)
    {
        var writer = new MessageWriter(stackalloc byte[64]);
        RouteCodec.WriteList(ref writer, family, filter.Table, filter.Protocol, filter.Type);
        List<NetLinkRoute> routes;
        try
        {
            routes = session.Channel.Dump<NetLinkRoute>(writer.Written, RouteCodec.Decode, $"list the routes{session.Where}", cancel: cancel);
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.ENOENT && filter.Table is not null)
        {
            // A table comes into being with its first route.
            return [];
        }

        // A kernel without IPv6 answers for every family; one without strict checking does not filter.
        AddressFamily wanted = family == RouteConstants.AF_INET ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        routes.RemoveAll(route => route.Destination.BaseAddress.AddressFamily != wanted
            || (filter.Table is uint table && route.Table != RouteTables.NameOf(table))
            || (filter.Protocol is byte protocol && route.Protocol != RouteProtocols.NameOf(protocol))
            || (filter.Type is NetLinkRouteType type && route.Type != type));
        return routes;
    }

    private static void Check(RouteSession session, RouteSpec spec)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(spec);
        AddressFamily family = spec.Destination.BaseAddress.AddressFamily;
        if (spec.PreferredSource is not null && spec.PreferredSource.AddressFamily != family)
            throw Invalid($"the preferred source {spec.PreferredSource} is of another family than {spec.Destination}");
        if (spec.Mtu is < 68)
            throw Invalid($"an MTU of {spec.Mtu} is less than 68");
        foreach (NetLinkNextHop hop in spec.NextHops)
        {
            if (hop.Weight is < 1 or > 256)
                throw Invalid($"a weight of {hop.Weight} is not between 1 and 256");
            if (family == AddressFamily.InterNetworkV6 && hop.Gateway?.AddressFamily == AddressFamily.InterNetwork)
                throw Invalid($"IPv6 cannot go by the IPv4 gateway {hop.Gateway}");
        }

        FaultException Invalid(string why) => new("InvalidRoute", FaultKind.InvalidArgument, $"The route to {spec.Destination} cannot be: {why}.", spec.ToString());
    }

    private static NetlinkException Explain(NetlinkException refusal) => refusal.Error switch
    {
        Errno.EEXIST => refusal.As("RouteExists", FaultKind.Exists, "There is one to that destination with that metric; -Replace takes its place."),
        Errno.ENETUNREACH or Errno.EHOSTUNREACH => refusal.As("GatewayUnreachable", FaultKind.InvalidArgument, "Give the link its address first, or -OnLink with -InterfaceName."),
        Errno.ENETDOWN => refusal.As("LinkDown", FaultKind.Unavailable, "Bring the link up first: Set-NetLink -Up."),
        Errno.ENODEV => refusal.As("LinkNotFound", FaultKind.NotFound, "The link may just have gone away, or the next hop has no link."),
        _ => refusal,
    };
}
