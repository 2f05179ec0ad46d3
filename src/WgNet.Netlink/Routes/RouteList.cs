using System.Net.Sockets;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>One listing of routes: what is asked of the kernel, and what is left of its answer.</summary>
internal sealed class RouteList(RouteSession session, RouteFilter filter, CancellationToken cancel)
{
    // Made anew for each listing: links are renamed and go.
    private readonly RouteMaker _maker = new(session.NamespaceName, session.Channel.LinkName);

    private string Operation => $"list the routes{session.Where}";

    /// <summary>All at once.</summary>
    public List<NetLinkRoute> Read()
    {
        List<NetLinkRoute> routes = [];
        foreach (byte family in Families())
        {
            try
            {
                MessageDecoder<NetLinkRoute> decode = family == AF_INET ? DecodeIPv4 : DecodeIPv6;
                routes.AddRange(session.Channel.Dump(Request(family), decode, Operation, cancel: cancel));
            }
            catch (NetlinkException refusal) when (IsEmptyTable(refusal))
            {
                // There is none of this family.
            }
        }

        // The kernel writes the ways beside the object's number, unless net.ipv4.nexthop_compat_mode is off.
        if (!routes.Exists(IsBare))
            return routes;
        _maker.NextHopObjects = Objects();
        return [.. routes.Select(route => IsBare(route) ? route with { NextHops = _maker.NextHopObjects.GetValueOrDefault(route.NextHopId!.Value) ?? [] } : route)];
    }

    /// <summary>One by one.</summary>
    public IEnumerable<NetLinkRoute> Stream()
    {
        // They cannot be asked for while the routes come.
        _maker.NextHopObjects = Objects();
        bool interrupted = false;
        foreach (byte family in Families())
        {
            using DumpReader dump = session.Channel.OpenDump(Request(family), Operation, cancel: cancel);
            while (Next(dump, family, out NetLinkRoute route))
                yield return route;
            interrupted |= dump.Interrupted;
        }

        if (interrupted)
        {
            throw new FaultException("DumpInterrupted", FaultKind.Unavailable,
                $"The routes{session.Where} changed while the kernel listed them: what was emitted may lack some, or hold one twice. List them again.");
        }
    }

    private static bool IsBare(NetLinkRoute route) => route.NextHopId is not null && route.Ways.IsEmpty;

    private bool Next(DumpReader dump, byte family, out NetLinkRoute route)
    {
        route = null!;
        try
        {
            while (dump.Next(out Message message))
            {
                if (Decode(in message, family, out route))
                    return true;
            }
        }
        catch (NetlinkException refusal) when (IsEmptyTable(refusal))
        {
            // There is none of this family.
        }

        return false;
    }

    private bool DecodeIPv4(in Message message, out NetLinkRoute route) => Decode(in message, AF_INET, out route);

    private bool DecodeIPv6(in Message message, out NetLinkRoute route) => Decode(in message, AF_INET6, out route);

    private bool Decode(in Message message, byte family, out NetLinkRoute route)
    {
        route = null!;
        if (!RouteView.TryRead(in message, out RouteView view) || !Passes(in view, family))
            return false;
        route = _maker.Make(in view);
        return (filter.Destinations is null || filter.Destinations.Contains(route.Destination))
            && (filter.InterfaceName is null || GoesBy(route, filter.InterfaceName));
    }

    // A kernel without IPv6 answers for every family; one without strict checking does not filter.
    private bool Passes(scoped in RouteView view, byte family) => view.Header.Family == family
        && (filter.Table is null || view.Table == filter.Table)
        && view.Table != filter.ExceptTable
        && (filter.Protocol is null || view.Header.Protocol == filter.Protocol)
        && (filter.Protocols is null || filter.Protocols.Contains(view.Header.Protocol))
        && (filter.Type is null || view.Header.Type == filter.Type);

    private static bool GoesBy(NetLinkRoute route, string interfaceName)
    {
        foreach (NetLinkNextHop way in route.Ways)
        {
            if (way.InterfaceName == interfaceName)
                return true;
        }

        return false;
    }

    private byte[] Request(byte family)
    {
        var writer = new MessageWriter(stackalloc byte[64]);
        int index = filter.InterfaceName is null ? 0 : session.Channel.LinkIndex(filter.InterfaceName);
        RouteCodec.WriteList(ref writer, family, filter.Table, filter.Protocol, filter.Type, index);
        return writer.Written.ToArray();
    }

    private Dictionary<uint, NetLinkNextHop[]> Objects()
    {
        Dictionary<uint, NetLinkNextHop[]> objects;
        try
        {
            objects = NextHopObjects.List(session, cancel);
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.EOPNOTSUPP)
        {
            // Linux before 5.3 has none.
            return [];
        }

        foreach ((uint id, NetLinkNextHop[] ways) in objects)
            objects[id] = [.. ways.Select(way => way with { InterfaceName = session.Channel.LinkName(way.InterfaceIndex) })];
        return objects;
    }

    // A table comes into being with its first route.
    private bool IsEmptyTable(NetlinkException refusal) => refusal.Error == Errno.ENOENT && filter.Table is not null;

    private IEnumerable<byte> Families()
    {
        if (filter.Family is AddressFamily.Unspecified or AddressFamily.InterNetwork)
            yield return AF_INET;
        if (filter.Family is AddressFamily.Unspecified or AddressFamily.InterNetworkV6)
            yield return AF_INET6;
    }
}
