using System.Net.Sockets;

namespace WgNet.Netlink;

/// <summary>The routes of one namespace.</summary>
public static class Routes
{
    // 64 next hops of the largest kind take 2.8 KiB.
    internal const int RequestSize = 8 * 1024;

    /// <summary>
    /// The routes that a filter leaves, IPv4 before IPv6, in the kernel's order. A list that changed while the kernel wrote it is asked for
    /// again; fault "DumpInterrupted" when that does not help.
    /// </summary>
    public static IReadOnlyList<NetLinkRoute> List(RouteSession session, RouteFilter? filter = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new RouteList(session, filter ?? new RouteFilter(), cancel).Read();
    }

    /// <summary>
    /// The same, one by one while the kernel writes them: memory does not grow with the table. Where the kernel says that the list changed
    /// meanwhile, fault "DumpInterrupted" stands behind the last route, since what was handed on cannot be taken back. The session is to be
    /// asked nothing else before the end; left early, it drops what still comes before its next request.
    /// </summary>
    public static IEnumerable<NetLinkRoute> Stream(RouteSession session, RouteFilter? filter = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new RouteList(session, filter ?? new RouteFilter(), cancel).Stream();
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
            made = session.Channel.Query<NetLinkRoute>(writer.Written, session.RouteMaker.Decode, Adding(session, spec), spec.ToString());
        }
        catch (NetlinkException refusal)
        {
            throw Explain(refusal);
        }

        return made.Count == 0 ? throw NotShown(session, spec) : made[^1];
    }

    /// <summary>Removes a route as it was listed: all of its ways. Fault "RouteNotFound".</summary>
    public static void Remove(RouteSession session, NetLinkRoute route)
    {
        RouteSpec spec = SpecOf(route);
        Check(session, spec);
        var writer = new MessageWriter(stackalloc byte[RequestSize]);
        RouteCodec.WriteRemove(ref writer, spec);
        try
        {
            session.Channel.Execute(writer.Written, Removing(session, spec), spec.ToString());
        }
        catch (NetlinkException refusal)
        {
            throw ExplainRemoval(refusal);
        }
    }

    /// <summary>What tells a listed route from others when it is to be removed.</summary>
    internal static RouteSpec SpecOf(NetLinkRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return new RouteSpec(route.Destination)
        {
            // Without next hops the kernel takes away all of a multipath route.
            NextHops = route.Ways.Length == 1 && route.NextHopId is null ? route.NextHops : [],
            Metric = route.Metric,
            Table = RouteTables.Parse(route.Table),
            Protocol = RouteProtocols.Parse(route.Protocol),
            Type = route.Type,
            NextHopId = route.NextHopId,
        };
    }

    /// <summary>The fault behind an acknowledgement in a batch.</summary>
    internal static FaultException Refused(RouteSession session, RouteSpec spec, bool adds, in Acknowledgement answer)
    {
        string operation = adds ? Adding(session, spec) : Removing(session, spec);
        if (answer == Acknowledgement.Lost)
        {
            return new FaultException("AnswerLost", FaultKind.Unavailable,
                $"Whether the kernel could {operation} is not known: its answer was lost (ENOBUFS). Get-NetLinkRoute shows whether it did.", spec.ToString());
        }

        var refusal = new NetlinkException(operation, answer.Error, answer.ExtendedAck, answer.Offset, spec.ToString());
        return adds ? Explain(refusal) : ExplainRemoval(refusal);
    }

    /// <summary>The fault where a route was made, and not echoed.</summary>
    internal static FaultException NotShown(RouteSession session, RouteSpec spec) =>
        new("UnexpectedReply", FaultKind.InvalidData, $"The kernel did not show the route to {spec.Destination}{session.Where} that it made.", spec.ToString());

    internal static void Check(RouteSession session, RouteSpec spec)
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

    private static string Adding(RouteSession session, RouteSpec spec) => $"add the route to {spec.Destination}{session.Where}";

    private static string Removing(RouteSession session, RouteSpec spec) => $"remove the route to {spec.Destination}{session.Where}";

    private static NetlinkException ExplainRemoval(NetlinkException refusal) => refusal.Error is Errno.ESRCH or Errno.ENOENT
        ? refusal.As("RouteNotFound", FaultKind.NotFound, "Get-NetLinkRoute lists the routes that there are.")
        : refusal;

    private static NetlinkException Explain(NetlinkException refusal) => refusal.Error switch
    {
        Errno.EEXIST => refusal.As("RouteExists", FaultKind.Exists, "There is one to that destination with that metric; -Replace takes its place."),
        Errno.ENETUNREACH or Errno.EHOSTUNREACH => refusal.As("GatewayUnreachable", FaultKind.InvalidArgument, "Give the link its address first, or -OnLink with -InterfaceName."),
        Errno.ENETDOWN => refusal.As("LinkDown", FaultKind.Unavailable, "Bring the link up first: Set-NetLink -Up."),
        Errno.ENODEV => refusal.As("LinkNotFound", FaultKind.NotFound, "The link may just have gone away, or the next hop has no link."),
        _ => refusal,
    };
}
