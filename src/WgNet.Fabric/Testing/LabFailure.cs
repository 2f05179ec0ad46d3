using System.Net;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>Something that is made to fail in a lab, and repaired again.</summary>
internal abstract class LabFailure
{
    public abstract WgFabricFailure Kind { get; }

    public required WgFabricGateway Gateway { get; init; }

    /// <summary>The tunnel's interface; null where all of the gateway fails.</summary>
    public virtual string? Tunnel => null;

    /// <summary>The gateway at the other end of the tunnel; null where all of the gateway fails.</summary>
    public virtual WgFabricGateway? Peer => null;

    /// <summary>Makes it fail. A failure half-way is for <see cref="Repair"/> to take back.</summary>
    public abstract void Break();

    /// <summary>Makes it work again; whatever of it is broken.</summary>
    public abstract void Repair();
}

/// <summary>All cables of a gateway are unplugged.</summary>
internal sealed class UnpluggedGateway(LabRecord record) : LabFailure
{
    public override WgFabricFailure Kind => WgFabricFailure.Gateway;

    public override void Break() => Set(up: false);

    public override void Repair() => Set(up: true);

    private void Set(bool up)
    {
        using RouteSession switches = RouteSession.Open(LabPaths.Switch(record.Name));
        foreach (NetLink port in LabTopology.PortsOf(Gateway).Select(name => Links.TryFind(switches, name)).OfType<NetLink>())
            Links.Change(switches, port, new LinkChange { Up = up });
    }
}

/// <summary>What a tunnel sends is dropped on both public sides: its encrypted packets alone, so that everything else goes on.</summary>
internal sealed class BlackHoledTunnel(LabRecord record, WgFabricTunnel tunnel, WgFabricGateway peer) : LabFailure
{
    private readonly PublicAddresses _addresses = new(record.Fabric);

    public override WgFabricFailure Kind => WgFabricFailure.Tunnel;

    public override string? Tunnel => tunnel.Name;

    public override WgFabricGateway? Peer => peer;

    public override void Break()
    {
        Block(Gateway, peer);
        Block(peer, Gateway);
    }

    public override void Repair()
    {
        Unblock(Gateway);
        Unblock(peer);
    }

    // There is one tunnel between two gateways, so that the address of the other side means this tunnel alone.
    private void Block(WgFabricGateway one, WgFabricGateway other)
    {
        using RouteSession session = RouteSession.Open(LabPaths.Public(record.Name, one));
        foreach (IPAddress address in _addresses.Of(other))
            Routes.Add(session, new RouteSpec(new IPNetwork(address, address.GetAddressBytes().Length * 8)) { Type = NetLinkRouteType.Blackhole }, replace: true);
    }

    private void Unblock(WgFabricGateway gateway)
    {
        using RouteSession session = RouteSession.Open(LabPaths.Public(record.Name, gateway));
        LabNetwork.Unblock(session);
    }
}
