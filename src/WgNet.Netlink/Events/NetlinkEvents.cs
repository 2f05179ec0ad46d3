namespace WgNet.Netlink;

/// <summary>Which changes to be told of (include/uapi/linux/rtnetlink.h, RTMGRP_*).</summary>
[Flags]
public enum EventGroups : uint
{
    Links = 0x1,
    Addresses = 0x10 | 0x100,
    Routes = 0x40 | 0x400,
    All = Links | Addresses | Routes,
}

/// <summary>
/// The changes in one namespace, from the moment of opening. Where the kernel had to drop some (ENOBUFS), an event of kind
/// <see cref="NetLinkEventKind.EventsLost"/> stands at the end of the gap: never a silent one.
/// </summary>
public sealed class NetlinkEvents : IDisposable
{
    private readonly NetNamespaceHandle _namespace;
    private readonly NetlinkSocket _socket;
    private readonly EventGroups _groups;
    private Dictionary<int, string> _names;
    private readonly RouteMaker _routes;
    private bool _lost;

    private NetlinkEvents(NetNamespaceHandle ns, NetlinkSocket socket, EventGroups groups)
    {
        _namespace = ns;
        _socket = socket;
        _groups = groups;
        _names = Names();
        _routes = new RouteMaker(ns.Name, index => _names.GetValueOrDefault(index));
    }

    /// <summary>Starts to listen. The namespace must stay open meanwhile.</summary>
    public static NetlinkEvents Open(NetNamespaceHandle ns, EventGroups groups = EventGroups.All)
    {
        ArgumentNullException.ThrowIfNull(ns);

        // Links are always listened to: addresses and routes need their names. Listening comes before asking, or a link between would be missed.
        NetlinkSocket socket = NetlinkSocket.Open(NetlinkConstants.NETLINK_ROUTE, ns, (uint)(groups | EventGroups.Links));
        try
        {
            return new NetlinkEvents(ns, socket, groups);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for events until the token is cancelled, which it notices within a fifth of a second.</summary>
    public IEnumerable<NetLinkEvent> Read(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            foreach (NetLinkEvent one in Next())
                yield return one;
        }
    }

    public void Dispose() => _socket.Dispose();

    private List<NetLinkEvent> Next()
    {
        List<NetLinkEvent> events = [];
        try
        {
            ReadOnlySpan<byte> datagram = _socket.ReceiveEvents(wait: !_lost);
            if (_lost && datagram.IsEmpty)
            {
                // What was queued before the gap is read, and only from now on the kernel queues again: here the gap ends.
                _lost = false;
                _names = Names();
                _routes.Forget();
                events.Add(new NetLinkEvent { Time = DateTimeOffset.Now, Namespace = _namespace.Name, Kind = NetLinkEventKind.EventsLost });
            }

            var reader = new MessageReader(datagram);
            while (reader.Next(out Message message))
            {
                if (Decode(in message) is { } one)
                    events.Add(one);
            }
        }
        catch (FaultException fault) when (fault.Id == "EventsLost")
        {
            _lost = true;
        }

        return events;
    }

    private NetLinkEvent? Decode(in Message message)
    {
        switch (message.Type)
        {
            case RouteConstants.RTM_NEWLINK or RouteConstants.RTM_DELLINK when LinkCodec.Decode(in message, out NetLink link):
                int? target = LinkCodec.DecodeMove(in message);
                NetLinkEventKind kind = Keep(link, message.Type == RouteConstants.RTM_DELLINK);
                kind = target is null ? kind : NetLinkEventKind.LinkMoved;
                link = link with { Namespace = _namespace.Name, Master = _names.GetValueOrDefault(link.MasterIndex) };
                return _groups.HasFlag(EventGroups.Links) ? Event(kind, link.Name, link, target is { } id ? NameOf(id) : null) : null;
            case RouteConstants.RTM_NEWADDR or RouteConstants.RTM_DELADDR when AddressCodec.Decode(in message, out NetLinkAddress address):
                address = address with { Namespace = _namespace.Name, InterfaceName = _names.GetValueOrDefault(address.InterfaceIndex, address.InterfaceName) };
                return Event(message.Type == RouteConstants.RTM_NEWADDR ? NetLinkEventKind.AddressAdded : NetLinkEventKind.AddressRemoved, address.InterfaceName, address);
            case RouteConstants.RTM_NEWROUTE or RouteConstants.RTM_DELROUTE when _routes.Decode(in message, out NetLinkRoute route):
                string? name = route.Ways is [var only] ? only.InterfaceName : null;
                return Event(message.Type == RouteConstants.RTM_NEWROUTE ? NetLinkEventKind.RouteAdded : NetLinkEventKind.RouteRemoved, name, route);
            default:
                return null;
        }
    }

    private NetLinkEventKind Keep(NetLink link, bool removed)
    {
        if (removed || _names.GetValueOrDefault(link.Index) != link.Name)
            _routes.Forget();
        if (removed)
        {
            _names.Remove(link.Index);
            return NetLinkEventKind.LinkRemoved;
        }

        bool known = _names.ContainsKey(link.Index);
        _names[link.Index] = link.Name;
        return known ? NetLinkEventKind.LinkChanged : NetLinkEventKind.LinkAdded;
    }

    private NetLinkEvent Event(NetLinkEventKind kind, string? interfaceName, object item, string? movedTo = null) => new()
    {
        Time = DateTimeOffset.Now,
        Namespace = _namespace.Name,
        Kind = kind,
        InterfaceName = interfaceName,
        MovedTo = movedTo,
        Item = item,
    };

    /// <summary>The name of the namespace that this one knows by the id; "" where nothing names it.</summary>
    private string NameOf(int id)
    {
        using RouteSession session = RouteSession.Open(_namespace);
        foreach (string name in NetNamespaces.Names())
        {
            try
            {
                using NetNamespaceHandle other = NetNamespaceHandle.Open(name);
                if (NamespaceIds.Of(session, other) == id)
                    return name;
            }
            catch (FaultException fault) when (fault.Kind == FaultKind.NotFound)
            {
                // It went away meanwhile.
            }
        }

        return "";
    }

    private Dictionary<int, string> Names()
    {
        using RouteSession session = RouteSession.Open(_namespace);
        return Links.Names(session);
    }
}
