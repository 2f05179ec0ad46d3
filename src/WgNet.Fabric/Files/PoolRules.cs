using System.Net.Sockets;

namespace WgNet.Fabric;

/// <summary>The pools of tunnel addresses and the sites' prefixes: that none overlap, and that the pools suffice.</summary>
internal static class PoolRules
{
    /// <summary>The pools that the file gives, without those that are none.</summary>
    public static Located<string>[] Read(MapReader map)
    {
        var pools = new List<Located<string>>();
        foreach (Located<string> text in map.Texts("TunnelPools", "a prefix or a range of addresses"))
        {
            try
            {
                AddressRange.Parse(text.Value);
                pools.Add(text);
            }
            catch (FaultException)
            {
                map.Problems.Add(text.Place, "FabricInvalidPool",
                    $"'{FileProblems.Shown(text.Value)}' is neither a prefix, its host bits zero, nor a range of addresses such as '10.0.0.0-10.0.0.255'.");
            }
        }

        if (map.Has("TunnelPools") && !map.Items("TunnelPools").Any())
            map.Problems.Add(map.At("TunnelPools"), "FabricMissingKey", "Tunnels have no addresses to take. Give a pool, or leave the key out for the article's.");
        return [.. pools];
    }

    public static void Check(WgFabric fabric, MapReader map, SiteDraft[] sites, Located<string>[] pools)
    {
        CheckOverlaps(fabric, map, sites, pools);

        // What is wrong with a pool itself was told already.
        if (map.Has("TunnelPools") && pools.Length < map.Items("TunnelPools").Count())
            return;
        foreach (AddressFamily family in (ReadOnlySpan<AddressFamily>)[AddressFamily.InterNetworkV6, AddressFamily.InterNetwork])
            CheckCapacity(fabric, map, sites, family);
    }

    // Sorted by their first address, a range can only overlap one that begins before it and reaches farthest.
    private static void CheckOverlaps(WgFabric fabric, MapReader map, SiteDraft[] sites, Located<string>[] pools)
    {
        IEnumerable<Located<string>> tunnels = map.Has("TunnelPools") ? pools : fabric.TunnelPools.Select(pool => new Located<string>(pool, map.At("TunnelPools")));
        List<Owned> all = [.. tunnels.Select((pool, index) => new Owned(AddressRange.Parse(pool.Value), pool, $"pool {index}", "the tunnel pool"))];
        foreach (SiteDraft site in sites)
            all.AddRange(site.Prefixes.Select(prefix => new Owned(AddressRange.Parse(prefix.Value), prefix, $"site {site.Map.Place.Path}", site.Name ?? "another site")));
        foreach (IGrouping<AddressFamily, Owned> family in all.GroupBy(one => one.Range.Family))
        {
            Owned? widest = null;
            foreach (Owned one in family.OrderBy(one => one.Range.First).ThenByDescending(one => one.Range.Last))
            {
                if (widest is not null && widest.Range.Overlaps(one.Range) && (widest.Owner != one.Owner || widest.Range == one.Range))
                    Tell(map.Problems, widest, one);
                if (widest is null || one.Range.Last > widest.Range.Last)
                    widest = one;
            }
        }
    }

    private static void Tell(FileProblems problems, Owned one, Owned other)
    {
        // The later line is the one that was added.
        (Owned earlier, Owned later) = one.Text.Place.Line <= other.Text.Place.Line ? (one, other) : (other, one);
        string what = earlier.Owner == later.Owner
            ? $"'{later.Text.Value}' stands here twice. Remove one."
            : $"'{later.Text.Value}' overlaps '{earlier.Text.Value}' of {earlier.Shown} (line {earlier.Text.Place.Line}). No address can belong to both: change one.";
        problems.Add(later.Text.Place, "FabricOverlap", what);
    }

    private static void CheckCapacity(WgFabric fabric, MapReader map, SiteDraft[] sites, AddressFamily family)
    {
        string name = family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
        UInt128 capacity = fabric.Pool.Capacity(family);
        bool pool = family == AddressFamily.InterNetwork ? fabric.Pool.HasIPv4 : fabric.Pool.HasIPv6;
        if (!pool)
        {
            Located<string>[] prefixes = [.. sites.SelectMany(site => site.Prefixes).Where(prefix => AddressRange.Parse(prefix.Value).Family == family)];
            if (prefixes.Length > 0)
                map.Problems.Add(prefixes[0].Place, "FabricMissingPool", $"'{prefixes[0].Value}' could be reached by nobody: TunnelPools has no {name} pool, so there is no {name} routing. Add one.");
            return;
        }

        if (FabricTunnels.HighestPair(fabric) is not { } pair || (UInt128)PairNumber.Of(pair.One.Number, pair.Other.Number) < capacity)
            return;
        map.Problems.Add(map.At("TunnelPools"), "FabricPoolExhausted",
            $"The {name} pool has {capacity} pairs of addresses, and the tunnel between {pair.Other.Name} (number {pair.Other.Number}) and {pair.One.Name} (number {pair.One.Number}) needs pair {PairNumber.Of(pair.One.Number, pair.Other.Number) + 1}. Put another pool behind it, which renumbers nobody, or use lower numbers.");
    }

    private sealed record Owned(AddressRange Range, Located<string> Text, string Owner, string Shown);
}
