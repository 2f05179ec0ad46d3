namespace WgNet.Fabric;

/// <summary>Reads which sites are joined, and finds the names that it is said with.</summary>
internal static class JoinsReader
{
    private const string PairForm = "two names of sites or gateways: @('site1', 'site2') in a psd1 file, [\"site1\", \"site2\"] in JSON";

    public static WgFabricJoins Read(MapReader fabric, SiteDraft[] sites)
    {
        if (fabric.IsText("Joins"))
            return new WgFabricJoins { Topology = fabric.Choice<WgFabricTopology>("Joins") is { } simple ? Simple(fabric, simple) : WgFabricTopology.FullMesh };
        if (fabric.Map("Joins", FileKeys.Joins) is not { } map)
            return WgFabricJoins.FullMesh;
        var names = new JoinNames(sites, map.Problems);
        string[] hubs = [.. map.Texts("Hubs", "a site's name").Select(names.Site).OfType<string>()];
        WgFabricPair[] pairs = [.. Pairs(map, "Pairs", names)], excluded = [.. Pairs(map, "Excluded", names)];
        WgFabricTopology topology = map.Choice<WgFabricTopology>("Topology")
            ?? (map.Has("Hubs") ? WgFabricTopology.HubAndSpoke : map.Has("Pairs") ? WgFabricTopology.Pairs : WgFabricTopology.FullMesh);
        Require(map, "Hubs", topology == WgFabricTopology.HubAndSpoke, WgFabricTopology.HubAndSpoke, "list the sites that all others are joined with");
        Require(map, "Pairs", topology == WgFabricTopology.Pairs, WgFabricTopology.Pairs, $"list the pairs that are joined, each {PairForm}");
        return new WgFabricJoins { Topology = topology, Hubs = hubs, Pairs = pairs, Excluded = excluded };
    }

    // Hubs and pairs cannot be said in one word.
    private static WgFabricTopology Simple(MapReader fabric, WgFabricTopology topology)
    {
        if (topology != WgFabricTopology.FullMesh)
        {
            string key = topology == WgFabricTopology.Pairs ? "Pairs" : "Hubs";
            fabric.Problems.Add(fabric.At("Joins"), "FabricMissingKey", $"{topology} needs {key} too: write a table with Topology and {key}.");
        }

        return topology;
    }

    private static void Require(MapReader map, string key, bool needed, WgFabricTopology topology, string what)
    {
        if (needed && !map.Items(key).Any())
            map.Missing(key, what);
        else if (!needed && map.Has(key))
            map.Problems.Add(map.At(key), "FabricInvalidValue", $"{key} has a meaning only where Topology is {topology}. Change the one or remove the other.");
    }

    private static IEnumerable<WgFabricPair> Pairs(MapReader map, string key, JoinNames names)
    {
        Located<FileNode>[] items = [.. map.Items(key)];

        // One pair may stand without a list around it.
        if (items.Length == 2 && items.All(item => item.Value is FileValue { Value: string }))
            items = [new(new FileList([items[0].Value, items[1].Value], items[0].Value.Line), map.At(key))];
        foreach (Located<FileNode> item in items)
        {
            if (item.Value is not FileList { Items: [FileValue { Value: string first }, FileValue { Value: string second }] })
            {
                map.Problems.Add(item.Place, "FabricInvalidValue", $"This is no pair. A pair is {PairForm}.");
                continue;
            }

            if (names.Pair(first, second, item.Place) is { } pair)
                yield return pair;
        }
    }
}

/// <summary>The names that joins may use, as the sites spell them.</summary>
internal sealed class JoinNames
{
    private readonly FileProblems _problems;
    private readonly Dictionary<string, string> _sites = new(StringComparer.OrdinalIgnoreCase);

    // Every name that a pair may use, with its spelling and its site.
    private readonly Dictionary<string, (string Name, string Site)> _all = new(StringComparer.OrdinalIgnoreCase);

    public JoinNames(SiteDraft[] sites, FileProblems problems)
    {
        _problems = problems;
        foreach (SiteDraft site in sites.Where(site => site.Name is not null))
        {
            _sites.TryAdd(site.Name!, site.Name!);
            _all.TryAdd(site.Name!, (site.Name!, site.Name!));
            foreach (GatewayDraft gateway in site.Gateways.Where(gateway => gateway.Name is not null))
                _all.TryAdd(gateway.Name!, (gateway.Name!, site.Name!));
        }
    }

    public string? Site(Located<string> name)
    {
        if (_sites.TryGetValue(name.Value, out string? site))
            return site;
        _problems.Add(name.Place, "FabricUnknownName", $"There is no site '{FileProblems.Shown(name.Value)}'.{NearestName.Question(name.Value, _sites.Values)}");
        return null;
    }

    public WgFabricPair? Pair(string first, string second, FilePlace place)
    {
        (string Name, string Site)? one = Find(first, place), other = Find(second, place);
        if (one is null || other is null)
            return null;
        if (one.Value.Site != other.Value.Site)
            return new WgFabricPair(one.Value.Name, other.Value.Name);
        _problems.Add(place, "FabricInvalidValue", $"{one.Value.Name} and {other.Value.Name} are one site: its gateways meet inside it and have no tunnels to each other.");
        return null;
    }

    private (string Name, string Site)? Find(string name, FilePlace place)
    {
        if (_all.TryGetValue(name, out (string, string) found))
            return found;
        _problems.Add(place, "FabricUnknownName", $"There is no site or gateway '{FileProblems.Shown(name)}'.{NearestName.Question(name, _all.Keys)}");
        return null;
    }
}
