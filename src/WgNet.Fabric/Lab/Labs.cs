using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>The labs of this machine.</summary>
internal static class Labs
{
    /// <summary>The record of a lab that must be there. Fault "LabNotFound".</summary>
    public static LabRecord Find(string name)
    {
        LabPaths.Check(name);
        return LabRecord.Read(name) ?? throw new FaultException("LabNotFound", FaultKind.NotFound,
            $"There is no lab '{name}' on this machine. Get-WgFabricLab lists those there are; Start-WgFabricLab makes one.", name);
    }

    /// <summary>A lab as users see it.</summary>
    public static WgFabricLab Describe(LabRecord record, TimeSpan? elapsed = null)
    {
        WgFabric fabric = record.Fabric;
        var gateways = fabric.Gateways.Select(gateway => (Gateway: gateway, Place: LabPaths.Place(record.Name, gateway, record.Backend))).ToList();
        WgFabricLabGateway[] shown = [.. gateways.Select(entry => new WgFabricLabGateway
        {
            Gateway = entry.Gateway.Name,
            Site = entry.Gateway.Site,
            Namespace = entry.Place.PrivateNamespace,
            TransportNamespace = entry.Place.PublicNamespace,
            ControlSocket = entry.Place.ControlSocket,
            Tunnels = FabricTunnels.Of(fabric, entry.Gateway).Count(),
        })];
        return new WgFabricLab
        {
            Name = record.Name,
            FabricName = fabric.Name,
            Path = fabric.Path,
            State = StateOf(record),
            Started = record.Started,
            Sites = [.. fabric.Sites.Select(site => site.Name)],
            Gateways = shown,
            Routers = [.. fabric.Sites.Select(site => new WgFabricLabRouter
            {
                Site = site.Name,
                Namespace = LabPaths.Router(record.Name, site),
                ControlSocket = RouterBird(record, site).ControlSocket,
                Address = [.. site.Prefixes.SelectMany(prefix => SiteHosts.Of(prefix).Take(1)).Select(address => address.Address.ToString())],
            })],
            Namespaces = record.Namespaces,
            Tunnels = shown.Sum(gateway => gateway.Tunnels) / 2,
            Backend = record.Backend,
            Folder = LabPaths.Folder(record.Name),
            Elapsed = elapsed,
        };
    }

    /// <summary>The BIRD of a site's router.</summary>
    public static BirdDaemon RouterBird(LabRecord record, WgFabricSite site) =>
        LabDaemons.Bird($"{LabPaths.Folder(record.Name)}/{LabPaths.RouterName(site)}", LabPaths.Router(record.Name, site), record.Bird);

    private static WgFabricLabState StateOf(LabRecord record)
    {
        if (!record.Complete)
            return WgFabricLabState.Incomplete;
        bool whole = Array.TrueForAll(record.Namespaces, NetNamespaces.Exists)
            && record.Fabric.Gateways.All(gateway => BirdProcess.Find(BirdDaemon.Of(LabPaths.Place(record.Name, gateway, record.Backend))) is not null)
            && Array.TrueForAll(record.Fabric.Sites, site => BirdProcess.Find(RouterBird(record, site)) is not null);
        return whole ? WgFabricLabState.Up : WgFabricLabState.Damaged;
    }
}
