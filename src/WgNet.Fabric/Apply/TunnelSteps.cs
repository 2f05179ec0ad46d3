using WgNet.Netlink;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Fabric;

/// <summary>The steps of tunnels: those that are missing first, then changes one tunnel after the other; what is not in the fabric goes last of all.</summary>
internal sealed class TunnelSteps
{
    private readonly GatewayPlan _plan;
    private readonly GatewayState _state;
    private readonly Dictionary<string, FabricStep> _wanting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _moved = [];
    private readonly List<FabricStep> _ordered = [];

    private TunnelSteps(GatewayPlan plan, GatewayState state)
    {
        _plan = plan;
        _state = state;
    }

    /// <summary>What a killed run left, what is missing, and what differs.</summary>
    public static IEnumerable<FabricStep> Of(GatewayPlan plan, GatewayState state)
    {
        var steps = new TunnelSteps(plan, state);
        foreach (WgFabricTunnel tunnel in plan.Tunnels)
        {
            if (steps.For(tunnel) is { } step)
                steps._wanting.Add(tunnel.Name, step);
        }

        foreach (WgFabricTunnel tunnel in plan.Tunnels.OrderBy(tunnel => state.Tunnels.ContainsKey(tunnel.Name)))
            steps.Order(tunnel.Name);
        return state.Leftovers.Select(name => Leftover(plan, name)).Concat(steps._ordered);
    }

    /// <summary>Tunnels that the fabric no longer has.</summary>
    public static IEnumerable<FabricStep> Removals(GatewayPlan plan, GatewayState state)
    {
        HashSet<string> wanted = [.. plan.Tunnels.Select(tunnel => tunnel.Name)];
        return state.Tunnels.Values.Where(there => !wanted.Contains(there.Name)).Select(there => FabricStep.For(
            Difference(plan, there.Name, null, null, Text(there), WgFabricAction.Remove),
            $"remove the tunnel {there.Name}",
            run => Remove(run, state, there)));
    }

    private FabricStep? For(WgFabricTunnel tunnel)
    {
        if (!_state.Tunnels.TryGetValue(tunnel.Name, out TunnelState? there))
        {
            return FabricStep.For(Difference(_plan, tunnel.Name, null, $"to {tunnel.PeerGateway}", null, WgFabricAction.Add),
                $"make the tunnel {tunnel.Name} to {tunnel.PeerGateway}", run => Make(run, tunnel));
        }

        if (Misplaced(tunnel, there) is { } misplaced)
        {
            return FabricStep.For(misplaced, $"make the tunnel {tunnel.Name} to {tunnel.PeerGateway} anew", run =>
            {
                Remove(run, _state, there);
                Make(run, tunnel);
            });
        }

        TunnelChange change = TunnelChange.Find(_plan, _state, tunnel, there);
        return change.Differences.Count == 0 ? null : new FabricStep
        {
            Kind = WgFabricPart.Tunnel,
            Name = tunnel.Name,
            Action = WgFabricAction.Change,
            Description = $"change the tunnel {tunnel.Name} to {tunnel.PeerGateway}: {string.Join(", ", change.Differences.Select(one => one.Property ?? one.Kind.ToString()).Distinct())}",
            Differences = change.Differences,
            Do = run => Change(run, there, change),
        };
    }

    /// <summary>Puts a tunnel's step behind that of the one that has its port now; where that one does not move, it is given another port.</summary>
    private void Order(string name)
    {
        if (!_wanting.Remove(name, out FabricStep? step))
            return;
        int port = _plan.Tunnels.First(tunnel => tunnel.Name == name).ListenPort;
        if (_state.Tunnels.Values.FirstOrDefault(other => other.Device.ListenPort == port && other.Name != name) is { } holder)
        {
            if (_wanting.ContainsKey(holder.Name))
                Order(holder.Name);
            if (_moved.Add(holder.Name))
                _ordered.Add(FreePort(holder));
        }

        _moved.Add(name);
        _ordered.Add(step);
    }

    private static FabricStep FreePort(TunnelState holder) => new()
    {
        Kind = WgFabricPart.Tunnel,
        Name = holder.Name,
        Action = WgFabricAction.Change,
        Description = $"free port {holder.Device.ListenPort} of the tunnel {holder.Name}",
        Differences = [],
        Do = run => Apply(run, holder.Name, new WgDeviceChange { ListenPort = 0 }, new WgDeviceChange { ListenPort = holder.Device.ListenPort }),
    };

    private void Make(GatewayRun run, WgFabricTunnel tunnel)
    {
        WgTunnels.Create(TunnelSpecs.Of(run.Place, tunnel, run.Key!.PrivateKey, _state.Preshared), run.Cancel);
        run.Undo.Push($"the tunnel '{tunnel.Name}'", () =>
        {
            using WgTunnelSession session = WgTunnels.Open(run.Place.PrivateNamespace, tunnel.Name);
            session.Remove();
        });
    }

    private static void Remove(GatewayRun run, GatewayState state, TunnelState there)
    {
        string? transport = there.Transport is not { } identity || identity == state.Transport ? run.Place.PublicNamespace
            : NetNamespaces.NamesByIdentity().GetValueOrDefault(identity, run.Place.PublicNamespace);
        TunnelSpec again = there.ToSpec(run.Place.PrivateNamespace, transport);
        using WgTunnelSession session = WgTunnels.Open(run.Place.PrivateNamespace, there.Name);
        run.Undo.Push($"the removed tunnel '{there.Name}'", () =>
        {
            if (Links.TryFind(run.Session, there.Name) is null)
                WgTunnels.Create(again, CancellationToken.None);
        });
        session.Remove();
    }

    private static void Change(GatewayRun run, TunnelState there, TunnelChange change)
    {
        if (!change.Device.IsEmpty)
            Apply(run, there.Name, change.Device, change.DeviceBack);
        NetLink link = there.Link;
        TunnelInterface.Prepare(run.Private, run.Session, link);
        foreach (AddressSpec address in change.Added)
        {
            // IPv6 has an address once, whatever its length (net/ipv6/addrconf.c): the other goes first.
            foreach (AddressSpec same in change.Removed.Where(other => other.Address.Equals(address.Address)).ToList())
            {
                RemoveAddress(run, link, same);
                change.Removed.Remove(same);
            }

            AddAddress(run, link, address);
        }

        if (change.Mtu is not null || change.Up)
        {
            run.Undo.Push($"the changed link '{link.Name}'", () => Links.Change(run.Session, link, new LinkChange { Mtu = change.Mtu is null ? null : link.Mtu, Up = change.Up ? false : null }));
            Links.Change(run.Session, link, new LinkChange { Mtu = change.Mtu, Up = change.Up ? true : null });
        }

        foreach (AddressSpec address in change.Removed)
            RemoveAddress(run, link, address);
    }

    private static void AddAddress(GatewayRun run, NetLink link, AddressSpec address)
    {
        Addresses.Add(run.Session, link, address);
        run.Undo.Push($"the address {address} of '{link.Name}'", () => Addresses.Remove(run.Session, link, address));
    }

    private static void RemoveAddress(GatewayRun run, NetLink link, AddressSpec address)
    {
        Addresses.Remove(run.Session, link, address);
        run.Undo.Push($"the removed address {address} of '{link.Name}'", () => Addresses.Add(run.Session, link, address));
    }

    private static void Apply(GatewayRun run, string name, WgDeviceChange change, WgDeviceChange back)
    {
        using WgTunnelSession session = WgTunnels.Open(run.Place.PrivateNamespace, name);

        // Half of it may be done when it is refused.
        run.Undo.Push($"the changed tunnel '{name}'", () =>
        {
            using WgTunnelSession again = WgTunnels.Open(run.Place.PrivateNamespace, name);
            again.Apply(back, CancellationToken.None);
        });
        session.Apply(change, run.Cancel);
    }

    private static FabricStep Leftover(GatewayPlan plan, string name) => FabricStep.For(
        Difference(plan, name, null, null, "left by a run that was killed", WgFabricAction.Remove),
        $"remove the unfinished tunnel {name}",
        run =>
        {
            using WgTunnelSession session = WgTunnels.Open(run.Place.PublicNamespace, name);
            session.Remove();
        });

    // The namespace of a UDP socket and the back end cannot be changed.
    private WgFabricDifference? Misplaced(WgFabricTunnel tunnel, TunnelState there)
    {
        if (there.Transport is { } transport && transport != _state.Transport)
            return Difference(_plan, tunnel.Name, "TransportNamespace", _plan.Place.PublicNamespace, "another", WgFabricAction.Change);
        return _plan.Place.Backend != WgBackend.Auto && _plan.Place.Backend != there.Located.Backend
            ? Difference(_plan, tunnel.Name, "Backend", $"{_plan.Place.Backend}", $"{there.Located.Backend}", WgFabricAction.Change)
            : null;
    }

    private static string Text(TunnelState there) => FormattableString.Invariant($"port {there.Device.ListenPort}");

    private static WgFabricDifference Difference(GatewayPlan plan, string name, string? property, string? desired, string? actual, WgFabricAction action) => new()
    {
        Gateway = plan.Gateway.Name,
        Kind = WgFabricPart.Tunnel,
        Name = name,
        Property = property,
        Desired = desired,
        Actual = actual,
        Action = action,
    };
}
