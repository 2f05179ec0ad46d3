using WgNet.Bird;

namespace WgNet.Fabric;

/// <summary>The configuration of the BIRD in a gateway's private namespace: BGP over the tunnels, and the site's own routes.</summary>
internal static class GatewayBird
{
    /// <summary>Both families, in the order in which everything of the fabric has them.</summary>
    public static IReadOnlyList<BirdFamily> Families { get; } = [BirdFamily.Ipv6, BirdFamily.Ipv4];

    public static BirdConfiguration Of(GatewayPlan plan)
    {
        WgFabricRouting routing = plan.Fabric.Routing;
        var protocols = new List<BirdConfigProtocol> { new BirdConfigDevice() };
        foreach (BirdFamily family in Families)
            protocols.Add(Kernel(family));
        if (routing.Bfd)
            protocols.Add(new BirdConfigBfd { Name = "BFD", Interval = routing.BfdInterval, Multiplier = routing.BfdMultiplier });
        if (routing.Inside == WgFabricInside.Ospf)
            protocols.AddRange(Families.Select(family => Ospf(plan.Fabric, family, plan.Fabric.SiteInterfaces)));
        else if (routing.Inside == WgFabricInside.Static)
            protocols.AddRange(Families.Select(family => Static(plan, family)));
        foreach (WgFabricTunnel tunnel in plan.Tunnels)
            protocols.AddRange(Sessions(plan.Fabric, tunnel));
        return new BirdConfiguration
        {
            RouterId = plan.Gateway.RouterId,
            Includes = [plan.Place.BirdIncludes],
            Protocols = protocols,
        };
    }

    /// <summary>OSPF of one family on these interfaces, for a gateway or a router of its site.</summary>
    public static BirdConfigOspf Ospf(WgFabric fabric, BirdFamily family, IEnumerable<string> interfaces, params IEnumerable<string> stubs) => new()
    {
        Name = family == BirdFamily.Ipv6 ? "PRIVATE" : "PRIVATE4",
        Version = family == BirdFamily.Ipv6 ? 3 : 2,
        MergeExternal = true,
        Channel = Everything(family),
        Areas =
        [
            new BirdConfigOspfArea
            {
                Id = fabric.Routing.OspfArea,
                Interfaces =
                [
                    .. interfaces.Select(name => new BirdConfigOspfInterface
                    {
                        Name = name,
                        Hello = fabric.Routing.OspfHello,
                        Dead = fabric.Routing.OspfDead,
                        Wait = fabric.Routing.OspfWait,
                        Bfd = fabric.Routing.Bfd,
                    }),
                    .. stubs.Select(name => new BirdConfigOspfInterface { Name = name, Stub = true }),
                ],
            },
        ],
    };

    /// <summary>Whether a BGP protocol is called as those over tunnels are.</summary>
    public static bool IsSessionName(string name) =>
        name.StartsWith(FabricTunnels.SessionPrefix6, StringComparison.Ordinal) || name.StartsWith(FabricTunnels.SessionPrefix4, StringComparison.Ordinal);

    public static BirdConfigKernel Kernel(BirdFamily family) => new()
    {
        Name = family == BirdFamily.Ipv6 ? "KERNEL6" : "KERNEL4",
        Channel = Everything(family),
        Persist = true,
        Learn = true,
        MergePaths = true,
    };

    public static BirdConfigChannel Everything(BirdFamily family) => new() { Family = family, Import = BirdConfigFilter.All, Export = BirdConfigFilter.All };

    private static BirdConfigStatic Static(GatewayPlan plan, BirdFamily family)
    {
        BirdConfigNextHop[] routers = [.. plan.Site.Routers.Where(router => FamilyOf(router) == family).Select(router => new BirdConfigNextHop(router) { Bfd = plan.Fabric.Routing.Bfd })];
        return new BirdConfigStatic
        {
            Name = family == BirdFamily.Ipv6 ? "SITE" : "SITE4",
            Channel = new BirdConfigChannel { Family = family, Import = BirdConfigFilter.All },
            Routes = routers.Length == 0 ? [] : [.. plan.Site.Prefixes.Where(prefix => FamilyOf(prefix) == family).Select(prefix => new BirdConfigRoute { Prefix = prefix, NextHops = routers })],
        };
    }

    private static IEnumerable<BirdConfigBgp> Sessions(WgFabric fabric, WgFabricTunnel tunnel)
    {
        WgFabricRouting routing = fabric.Routing;
        for (int i = 0; i < tunnel.Address.Length; i++)
        {
            string own = tunnel.Address[i][..tunnel.Address[i].IndexOf('/', StringComparison.Ordinal)];
            yield return new BirdConfigBgp
            {
                Name = tunnel.BirdProtocols[i],
                Description = $"{tunnel.PeerGateway} over {tunnel.Name}",
                LocalAddress = own,
                LocalAS = tunnel.LocalAS,
                NeighborAddress = tunnel.PeerAddress[i],
                NeighborAS = tunnel.PeerAS,
                HoldTime = routing.HoldTime,
                ConnectDelay = routing.ConnectDelay,
                ConnectRetry = routing.ConnectRetry,
                ErrorWaitShortest = routing.ErrorWaitShortest,
                ErrorWaitLongest = routing.ErrorWaitLongest,
                Bfd = routing.Bfd,
                Channels =
                [
                    new BirdConfigChannel
                    {
                        Family = FamilyOf(own),
                        Import = BirdConfigFilter.All,

                        // What leaves by the site's interfaces is the site's; routes of other sites are not passed on.
                        Export = BirdConfigFilter.Interfaces(fabric.SiteInterfaces),
                        Preference = routing.Preference,
                    },
                ],
            };
        }
    }

    /// <summary>The family of an address or prefix.</summary>
    public static BirdFamily FamilyOf(string address) => address.Contains(':', StringComparison.Ordinal) ? BirdFamily.Ipv6 : BirdFamily.Ipv4;
}
