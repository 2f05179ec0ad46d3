namespace WgNet.Fabric;

/// <summary>What reading a fabric file gave: the fabric, or everything that is wrong with it.</summary>
internal sealed record FabricFileResult(WgFabric? Fabric, IReadOnlyList<FabricFileException> Problems);

/// <summary>Makes a fabric of a file's tree: fills in what it leaves out, and checks all of it.</summary>
internal static class FabricFile
{
    /// <summary>Reads JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What it stands in; null: nothing.</param>
    public static FabricFileResult ReadJson(string text, string? file = null)
    {
        try
        {
            return Read(JsonTree.Read(text, file), file);
        }
        catch (FabricFileException syntax)
        {
            return new FabricFileResult(null, [syntax]);
        }
    }

    /// <summary>Reads a tree, of whichever language it came from.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="file">The file that it stood in; null: none.</param>
    public static FabricFileResult Read(FileNode root, string? file)
    {
        var problems = new FileProblems(file);
        if (root is not FileMap map)
        {
            problems.Add(new FilePlace("", root.Line), "FabricSyntax", "A fabric is one table with the keys Name and Sites: @{ ... } in a psd1 file, { ... } in JSON.");
            return new FabricFileResult(null, problems.InOrder);
        }

        var reading = new FileReading(problems, SecretKeys.Refuse(root, problems));
        var reader = new MapReader(reading, new FilePlace("", root.Line), map, FileKeys.Fabric);
        WgFabric fabric = Make(reader, file, out SiteDraft[] sites, out Located<string>[] pools);
        FabricRules.Check(fabric, reader, sites, pools);
        return new FabricFileResult(problems.Any ? null : fabric, problems.InOrder);
    }

    private static WgFabric Make(MapReader map, string? file, out SiteDraft[] sites, out Located<string>[] pools)
    {
        var usual = new WgFabric { Name = "", Sites = [] };
        string? name = Name(map, file);
        sites = SiteReader.Read(map);
        if (sites.Length > 0)
            NumberRules.Number(sites, map.Problems);
        foreach (SiteDraft site in sites)
            site.Make();
        pools = PoolRules.Read(map);
        MapReader? namespaces = map.Map("Namespaces", FileKeys.Namespaces);
        return new WgFabric
        {
            Name = name ?? "",
            Path = file,
            Sites = [.. sites.Select(site => site.Made).OfType<WgFabricSite>()],
            Joins = JoinsReader.Read(map, sites),
            TunnelPools = map.Has("TunnelPools") ? [.. pools.Select(pool => pool.Value)] : usual.TunnelPools,
            BasePort = (int?)map.Number("BasePort", 1, ushort.MaxValue - 1) ?? usual.BasePort,
            InterfacePrefix = InterfaceRules.Prefix(map) ?? usual.InterfacePrefix,
            Mtu = (int?)map.Number("Mtu", 576, 65_455, " (bytes)"),
            PersistentKeepalive = (int?)map.Number("PersistentKeepalive", 0, ushort.MaxValue, " (seconds)"),
            PresharedKeys = map.Flag("PresharedKeys") ?? usual.PresharedKeys,
            PublicNamespace = InterfaceRules.Namespace(namespaces, "Public") ?? usual.PublicNamespace,
            PrivateNamespace = InterfaceRules.Namespace(namespaces, "Private") ?? usual.PrivateNamespace,
            SiteInterfaces = map.Has("SiteInterfaces") ? InterfaceRules.Patterns(map) : usual.SiteInterfaces,
            Routing = RoutingReader.Read(map),
        };
    }

    // A file called paris.psd1 is the fabric paris unless it says otherwise.
    private static string? Name(MapReader map, string? file)
    {
        string? own = file is null ? null : Path.GetFileNameWithoutExtension(file);
        return own is not null && !map.Has("Name") && FileNames.IsPossible(own) ? own : FileNames.Of(map, "Name", "the fabric's name");
    }
}
