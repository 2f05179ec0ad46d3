using System.Globalization;
using System.Net;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>
/// Makes a lab's namespaces, switches and cables as its topology says, and nothing that is there already: a lab that is up keeps what the
/// new file leaves as it was.
/// </summary>
internal static class LabNetwork
{
    private const string BridgeKind = "bridge", CableKind = "veth";

    /// <summary>Every kernel has links of this kind; it holds addresses as a dummy interface does.</summary>
    private const string DummyKind = "ifb";

    public const string Dummy = "dummy0";

    private static readonly IPNetwork[] s_everything = [new(IPAddress.IPv6Any, 0), new(IPAddress.Any, 0)];

    /// <summary>Makes what is missing. Addresses that a gateway's public side shall not have any more stay until <see cref="Trim"/>.</summary>
    public static void Ensure(LabTopology topology, CancellationToken cancel)
    {
        Namespace(topology.Switch);
        using NetNamespaceHandle switches = NetNamespaceHandle.Open(topology.Switch);
        using RouteSession session = RouteSession.Open(switches);
        Dictionary<string, NetLink> there = Links.List(session, cancel).ToDictionary(link => link.Name, StringComparer.Ordinal);
        var bridges = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string bridge in topology.Bridges)
        {
            NetLink link = there.TryGetValue(bridge, out NetLink? known) ? known
                : Links.Create(session, new LinkSpec(bridge, BridgeKind) { Data = new BridgeData { MulticastSnooping = false }, Up = true });
            bridges[bridge] = link.Index;
        }

        foreach (LabNode node in topology.Nodes)
        {
            cancel.ThrowIfCancellationRequested();
            Namespace(node.Namespace);
            using NetNamespaceHandle ns = NetNamespaceHandle.Open(node.Namespace);
            Settings(ns, node);
            using RouteSession inside = RouteSession.Open(ns);
            foreach (LabCable cable in node.Cables)
                Cable(session, inside, ns, cable, bridges[cable.Bridge], there.GetValueOrDefault(cable.Port));
            if (node.Loopback.Count > 0)
                Give(inside, Links.TryFind(inside, Dummy) ?? Links.Create(inside, new LinkSpec(Dummy, DummyKind) { Up = true }), node.Loopback);
            if (node.OnLink)
                Direct(inside, node.Cables[0].Interface);
        }
    }

    /// <summary>Takes away what the topology does not have: addresses of interfaces that it knows, and ports of gateways and routers that are gone.</summary>
    public static void Trim(LabTopology topology, CancellationToken cancel)
    {
        foreach (LabNode node in topology.Nodes)
        {
            cancel.ThrowIfCancellationRequested();
            using RouteSession inside = RouteSession.Open(node.Namespace);
            foreach (LabCable cable in node.Cables)
                Take(inside, cable.Interface, cable.Addresses);
            Take(inside, Dummy, node.Loopback);
        }

        using RouteSession session = RouteSession.Open(topology.Switch);
        HashSet<string> kept = [.. topology.Nodes.SelectMany(node => node.Cables).Select(cable => cable.Port), .. topology.Bridges];
        foreach (NetLink link in Links.List(session, cancel).Where(link => link.Kind is BridgeKind or CableKind && !kept.Contains(link.Name)))
        {
            try
            {
                Links.Remove(session, link);
            }
            catch (FaultException fault) when (fault.Id == "LinkNotFound")
            {
                // It went with the namespace of its other end, which the kernel takes apart in its own time.
            }
        }
    }

    /// <summary>Opens the ways that a test of fail-over has blocked in a gateway's public namespace.</summary>
    public static void Unblock(RouteSession session)
    {
        foreach (NetLinkRoute route in Routes.List(session, new RouteFilter { Type = NetLinkRouteType.Blackhole }))
            Routes.Remove(session, route);
    }

    private static void Namespace(string name)
    {
        if (NetNamespaces.Exists(name))
        {
            using NetNamespaceHandle? there = NetNamespaceHandle.TryOpen(name);
            if (there is not null)
                return;

            // A start that was killed left the name without the namespace.
            NetNamespaces.Remove(name);
        }

        NetNamespaces.Create(name);
    }

    private static void Settings(NetNamespaceHandle ns, LabNode node) => ns.Run(() =>
    {
        // Duplicate address detection would keep fresh addresses, link-local ones among them, from use for a second.
        Sysctls.Write(ns, "net.ipv6.conf.default.accept_dad", "0");
        if (node.Forwards)
        {
            Sysctls.Write(ns, "net.ipv4.conf.all.forwarding", "1");
            Sysctls.Write(ns, "net.ipv6.conf.all.forwarding", "1");
        }

        // Each machine of a real network hashes flows in its own way. Namespaces of one machine share the secret, so that all flows that the
        // router sends to a gateway would take the same of its tunnels.
        if (node.HashSeed is { } seed && File.Exists("/proc/sys/net/ipv4/fib_multipath_hash_seed"))
            Sysctls.Write(ns, "net.ipv4.fib_multipath_hash_seed", seed.ToString(CultureInfo.InvariantCulture));
        using RouteSession session = RouteSession.Open(ns);
        Links.Change(session, Links.Find(session, "lo"), new LinkChange { Up = true });
        return true;
    });

    private static void Cable(RouteSession switches, RouteSession inside, NetNamespaceHandle ns, LabCable cable, int bridge, NetLink? port)
    {
        NetLink? end = Links.TryFind(inside, cable.Interface);
        if (end is not null && port is not null && (port.MasterIndex != bridge || port.Mtu != cable.Mtu))
        {
            // It belongs to another site now, or has another size: a new one is as good.
            Links.Remove(switches, port);
            end = null;
        }

        if (end is null)
        {
            Links.Create(switches, new LinkSpec(cable.Port, CableKind)
            {
                MasterIndex = bridge,
                Mtu = cable.Mtu,
                Up = true,
                Data = new VethData(cable.Interface) { PeerNamespace = ns, PeerMacAddress = cable.MacAddress, PeerMtu = cable.Mtu, PeerUp = true },
            });
            end = Links.Find(inside, cable.Interface);
        }
        else if (port is { State: NetLinkState.Down })
        {
            // A test of fail-over that was killed left the gateway unplugged.
            Links.Change(switches, port, new LinkChange { Up = true });
        }

        Give(inside, end, cable.Addresses);
    }

    private static void Give(RouteSession session, NetLink link, IReadOnlyList<AddressSpec> addresses)
    {
        HashSet<string> there = [.. Addresses.List(session, link).Select(address => address.ToString())];
        foreach (AddressSpec address in addresses.Where(address => !there.Contains(address.ToString())))
            Addresses.Add(session, link, address);
    }

    private static void Take(RouteSession session, string name, IReadOnlyList<AddressSpec> kept)
    {
        if (Links.TryFind(session, name) is not { } link)
            return;
        HashSet<string> wanted = [.. kept.Select(address => address.ToString())];
        foreach (NetLinkAddress address in Addresses.List(session, link).Where(address => !address.Address.IsIPv6LinkLocal && !wanted.Contains(address.ToString())))
            Addresses.Remove(session, link, new AddressSpec(address.Address, address.PrefixLength));
    }

    // Everything is on the link: no routing daemon is needed to reach an endpoint, whatever its address.
    private static void Direct(RouteSession session, string name)
    {
        NetLink link = Links.Find(session, name);
        IReadOnlyList<NetLinkRoute> there = Routes.List(session);
        foreach (IPNetwork all in s_everything)
        {
            if (!there.Any(route => route.Destination.Equals(all)))
                Routes.Add(session, new RouteSpec(all) { NextHops = [new NetLinkNextHop { InterfaceIndex = link.Index }] });
        }

        // A test of fail-over that was killed left the way to a peer blocked.
        Unblock(session);
    }
}
