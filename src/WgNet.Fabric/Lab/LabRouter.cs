using System.Globalization;
using WgNet.Bird;

namespace WgNet.Fabric;

/// <summary>The BIRD of a site's router in a lab: it announces the site's networks to the gateways and learns the others' from them.</summary>
internal static class LabRouter
{
    private const int HighestPriority = 255;

    /// <summary>The configuration of a site's router.</summary>
    /// <param name="fabric">The fabric.</param>
    /// <param name="site">The site.</param>
    /// <param name="networks">The gateways' addresses inside the site, for static routes.</param>
    public static BirdConfiguration Of(WgFabric fabric, WgFabricSite site, SiteNetworks networks)
    {
        WgFabricRouting routing = fabric.Routing;
        var protocols = new List<BirdConfigProtocol> { new BirdConfigDevice() };
        protocols.AddRange(GatewayBird.Families.Select(Kernel));
        if (routing.Bfd)
            protocols.Add(new BirdConfigBfd { Name = "BFD", Interval = routing.BfdInterval, Multiplier = routing.BfdMultiplier });
        if (routing.Inside == WgFabricInside.Ospf)
        {
            protocols.AddRange(GatewayBird.Families.Select(Default));
            protocols.AddRange(GatewayBird.Families.Select(family => Designated(GatewayBird.Ospf(fabric, family, [LabTopology.FirstInterface], LabNetwork.Dummy))));
        }
        else
        {
            protocols.AddRange(GatewayBird.Families.Select(family => Static(fabric, site, family, networks)));
        }

        return new BirdConfiguration { RouterId = string.Create(CultureInfo.InvariantCulture, $"0.0.{site.Number >> 8}.{site.Number & 255}"), Protocols = protocols };

        // A default route that the site announces leads to nothing behind the lab's router.
        BirdConfigStatic Default(BirdFamily family) => new()
        {
            Name = family == BirdFamily.Ipv6 ? "DEFAULT" : "DEFAULT4",
            Channel = GatewayBird.Everything(family),
            Routes = [.. site.Prefixes.Where(prefix => prefix.EndsWith("/0", StringComparison.Ordinal) && GatewayBird.FamilyOf(prefix) == family).Select(prefix => new BirdConfigRoute { Prefix = prefix })],
        };
    }

    // A designated router that fails takes all routes of its network with it until another is found, for ten seconds and more. So that is for
    // the router, not for a gateway.
    private static BirdConfigOspf Designated(BirdConfigOspf ospf) => ospf with
    {
        Areas = [.. ospf.Areas.Select(area => area with { Interfaces = [.. area.Interfaces.Select(one => one.Stub ? one : one with { Priority = HighestPriority })] })],
    };

    // Without persist: what the router learned goes with it.
    private static BirdConfigKernel Kernel(BirdFamily family) => GatewayBird.Kernel(family) with
    {
        Persist = false,
        Learn = false,
        Channel = new BirdConfigChannel { Family = family, Import = BirdConfigFilter.None, Export = BirdConfigFilter.All },
    };

    /// <summary>Everything goes to the gateways, whichever of them can be reached.</summary>
    private static BirdConfigStatic Static(WgFabric fabric, WgFabricSite site, BirdFamily family, SiteNetworks networks)
    {
        BirdConfigNextHop[] gateways = [.. site.Gateways.SelectMany(gateway => networks.OfGatewayToRouter(fabric, site, gateway))
            .Select(address => address.Address.ToString())
            .Where(address => GatewayBird.FamilyOf(address) == family)
            .Select(address => new BirdConfigNextHop(address) { Bfd = fabric.Routing.Bfd })];
        string[] others = [.. fabric.Sites.Where(other => other.Name != site.Name).SelectMany(other => other.Prefixes).Where(prefix => GatewayBird.FamilyOf(prefix) == family)];
        return new BirdConfigStatic
        {
            Name = family == BirdFamily.Ipv6 ? "GATEWAYS" : "GATEWAYS4",
            Channel = GatewayBird.Everything(family),
            Routes = gateways.Length == 0 ? [] : [.. others.Select(prefix => new BirdConfigRoute { Prefix = prefix, NextHops = gateways })],
        };
    }
}
