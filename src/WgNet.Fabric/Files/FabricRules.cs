using System.Net;
using System.Net.Sockets;

namespace WgNet.Fabric;

/// <summary>What the values of a file must be to each other.</summary>
internal static class FabricRules
{
    // As many as a sentence can name.
    private const int Named = 3;

    public static void Check(WgFabric fabric, MapReader map, SiteDraft[] sites, Located<string>[] pools)
    {
        CheckNames(map.Problems, sites);
        UniqueRules.Check(map.Problems, sites);
        InterfaceRules.Check(fabric, map, sites);
        PoolRules.Check(fabric, map, sites, pools);
        CheckReachable(fabric, map.Problems, sites);
        CheckMtu(fabric, map);
        if (fabric.Routing.Inside == WgFabricInside.Static)
            CheckRouters(map.Problems, sites);
    }

    // A pair names a site or a gateway: the name must tell which.
    private static void CheckNames(FileProblems problems, SiteDraft[] sites)
    {
        var names = sites.Where(site => site.Name is not null).GroupBy(site => site.Name!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        foreach (SiteDraft site in sites)
        {
            foreach (GatewayDraft gateway in site.Gateways)
            {
                if (gateway.Name is not null && names.TryGetValue(gateway.Name, out SiteDraft? other) && !(other == site && site.Gateways.Length == 1))
                    problems.Add(gateway.Map.At("Name"), "FabricDuplicateName", $"'{gateway.Name}' names a site too (line {other.Map.Place.Line}). Give the gateway a name of its own, such as '{gateway.Name}-1'.");
            }
        }
    }

    private static void CheckReachable(WgFabric fabric, FileProblems problems, SiteDraft[] sites)
    {
        GatewayDraft[] hidden = [.. sites.SelectMany(site => site.Gateways).Where(gateway => gateway.Made is not null && !gateway.Map.Has("Endpoint"))];
        for (int i = 1; i < hidden.Length; i++)
        {
            string[] peers = [.. hidden.Take(i).Where(other => fabric.Joins.Join(hidden[i].Made!, other.Made!)).Select(other => other.Name!)];
            if (peers.Length == 0)
                continue;
            string shown = string.Join(", ", peers.Take(Named)) + (peers.Length > Named ? $" and {peers.Length - Named} more" : "");
            problems.Add(hidden[i].Map.Place, "FabricUnreachable",
                $"{hidden[i].Name} has no Endpoint, and neither has {shown}: nobody could begin their tunnel. Give one of each two an Endpoint, or exclude the pair under Joins.");
        }
    }

    // RFC 8200: IPv6 needs 1280 bytes.
    private static void CheckMtu(WgFabric fabric, MapReader map)
    {
        const int Least = 1280;
        if (fabric.Mtu is < Least && fabric.Pool.HasIPv6)
            map.Problems.Add(map.At("Mtu"), "FabricInvalidValue", $"IPv6 needs an MTU of at least {Least}, not {fabric.Mtu}. Raise it, or have only IPv4 pools and prefixes.");
    }

    private static void CheckRouters(FileProblems problems, SiteDraft[] sites)
    {
        foreach (SiteDraft site in sites)
        {
            foreach (AddressFamily family in (ReadOnlySpan<AddressFamily>)[AddressFamily.InterNetworkV6, AddressFamily.InterNetwork])
            {
                bool needed = site.Prefixes.Any(prefix => AddressRange.Parse(prefix.Value).Family == family);
                if (needed && !site.Routers.Any(router => IPAddress.Parse(router.Value).AddressFamily == family))
                {
                    problems.Add(site.Map.At(site.Map.Has("Routers") ? "Routers" : "Prefixes"), "FabricMissingRouter",
                        $"Routing inside is static, and no router reaches the {(family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} prefixes of {site.Name ?? "the site"}. Give its address under Routers.");
                }
            }
        }
    }
}
