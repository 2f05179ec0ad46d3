using System.Diagnostics;
using WgNet.Bird;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>What a lab is to be made with, beside the fabric.</summary>
/// <param name="Name">The lab's name.</param>
internal sealed record LabOptions(string Name)
{
    public WgBackend Backend { get; init; }

    /// <summary>The gateways get the article's well-known keys.</summary>
    public bool ArticleKeys { get; init; }

    /// <summary>BIRD's program: a name on the PATH, or a path.</summary>
    public string Bird { get; init; } = "bird";
}

/// <summary>
/// Makes a lab as a fabric says. One that is up is brought to the new fabric: what the two have in common is not touched. A fresh one that
/// fails or is stopped goes again; of one that was up what is done stays done, and another start goes on from there.
/// </summary>
/// <param name="options">What to make it with.</param>
/// <param name="told">Told what is being done, how much of it is done, and how much there is; on the caller's thread.</param>
/// <param name="warn">Told what the user should know; on the caller's thread.</param>
internal sealed class LabStart(LabOptions options, Action<string, int, int> told, Action<string> warn)
{
    /// <summary>
    /// Makes the lab. Faults: "InvalidLabName", "LabBusy", "LabNamespaceTaken", "LabNamesClash", "LabHasOtherKeys", "LabPermissionDenied",
    /// "LabFolderUnusable", and those of what a gateway is made of.
    /// </summary>
    public WgFabricLab Run(WgFabric fabric, CancellationToken cancel)
    {
        LabPaths.Check(options.Name);
        using IDisposable held = LabLock.Take(options.Name, cancel);
        long start = Stopwatch.GetTimestamp();
        LabRecord? before = LabRecord.Read(options.Name);
        var networks = new SiteNetworks(fabric, before?.SiteNetworks ?? new Dictionary<string, string[]>());
        var addresses = new PublicAddresses(fabric);
        var topology = new LabTopology(options.Name, fabric, addresses, networks);
        CheckNames(topology, before);
        OwnBird.Locate(options.Bird);

        // Written before anything is made: whatever happens, it is known what is the lab's.
        var record = new LabRecord
        {
            Name = options.Name,
            Started = before?.Started ?? DateTimeOffset.Now,
            Backend = options.Backend,
            Bird = options.Bird,
            ArticleKeys = options.ArticleKeys || before is { ArticleKeys: true },
            Namespaces = [.. topology.Namespaces.Union(before?.Namespaces ?? [], StringComparer.Ordinal)],
            SiteNetworks = networks.Recorded,
            InotifyLimits = before?.InotifyLimits,
            Fabric = fabric,
        };
        record.Write();
        try
        {
            record = RaiseLimit(record, before);
            Dictionary<string, WgPublicKey> keys = LabKeys.Ensure(record.Name, fabric, record.ArticleKeys);
            record = record with { Fabric = LabFabric.Of(fabric, addresses, keys) };
            Build(record, topology, networks, cancel);
            Remove(record, topology, cancel);
            record = record with { Complete = true, Namespaces = [.. topology.Namespaces] };
            record.Write();
        }
        catch when (before is null)
        {
            LabStop.All(record);
            throw;
        }

        return Labs.Describe(record, Stopwatch.GetElapsedTime(start));
    }

    private LabRecord RaiseLimit(LabRecord record, LabRecord? before)
    {
        int ends = Ends(record.Fabric) - (before is { Complete: true } ? Ends(before.Fabric) : 0);
        if (InotifyLimit.Raise(ends, record.Backend) is not { } limit)
            return record;
        warn($"{InotifyLimit.Name} is {limit.After} now, {limit.Before} before: each of the lab's {ends} new wireguard-go takes one. Stopping the lab sets it back, unless another one is up then.");
        record = record with { InotifyLimits = [record.InotifyLimits?[0] ?? limit.Before, limit.After] };
        record.Write();
        return record;
    }

    private static int Ends(WgFabric fabric) => fabric.Gateways.Sum(gateway => FabricTunnels.Peers(fabric, gateway).Count());

    private void Build(LabRecord record, LabTopology topology, SiteNetworks networks, CancellationToken cancel)
    {
        told("Making the namespaces and cables", 0, 1);
        LabNetwork.Ensure(topology, cancel);
        WgFabric fabric = record.Fabric;

        // Routers first: whoever comes first becomes OSPF's designated router, and stays it.
        Action[] work =
        [
            .. fabric.Sites.Select(site => (Action)(() => Router(record, site, networks, cancel))),
            .. fabric.Gateways.Select(gateway => (Action)(() => Gateway(record, gateway, cancel))),
        ];
        Workers.Run(work, one => one(), done => told("Making the gateways and routers", done, work.Length), cancel);
    }

    // By the code that makes a real one so.
    private static void Gateway(LabRecord record, WgFabricGateway gateway, CancellationToken cancel)
    {
        GatewayPlace place = LabPaths.Place(record.Name, gateway, record.Backend) with { BirdProgram = record.Bird };
        GatewayApply.Run(GatewayPlan.Of(record.Fabric, gateway, place), cancel: cancel);
    }

    private static void Router(LabRecord record, WgFabricSite site, SiteNetworks networks, CancellationToken cancel)
    {
        BirdDaemon daemon = Labs.RouterBird(record, site);
        LabRecord.MakeFolder(Path.GetDirectoryName(daemon.ConfigPath)!);
        bool changed = BirdConfigurationFile.Write(LabRouter.Of(record.Fabric, site, networks), daemon.ConfigPath, bird: OwnBird.Locate(record.Bird));
        if (BirdProcess.Find(daemon) is null)
        {
            new OwnBird(daemon).Start(cancel);
            return;
        }

        if (!changed)
            return;
        using var client = new BirdClient(daemon.ControlSocket, TimeSpan.FromSeconds(30), cancel);
        client.Configure();
    }

    // What the new fabric does not have any more goes last: the others have no tunnels to it then.
    private void Remove(LabRecord record, LabTopology topology, CancellationToken cancel)
    {
        string folder = LabPaths.Folder(record.Name);
        string[] gone = [.. record.Namespaces.Except(topology.Namespaces, StringComparer.Ordinal)];
        HashSet<string> kept = [.. record.Fabric.Gateways.Select(gateway => gateway.Name), .. record.Fabric.Sites.Select(LabPaths.RouterName)];
        string[] folders = [.. Directory.GetDirectories(folder).Where(one => !kept.Contains(Path.GetFileName(one)))];
        if (gone.Length + folders.Length > 0)
        {
            told("Removing what the fabric does not have any more", 0, 1);
            LabStop.Parts(gone, folders);
        }

        LabNetwork.Trim(topology, cancel);
    }

    private static void CheckNames(LabTopology topology, LabRecord? before)
    {
        if (topology.Namespaces.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(names => names.Count() > 1) is { } twice)
        {
            throw new FaultException("LabNamesClash", FaultKind.InvalidArgument,
                $"In a lab two things would be called '{twice.Key}': a gateway has the name of a site's router, or 'switch'. Rename the gateway.", twice.Key);
        }

        string[] taken = [.. topology.Namespaces.Except(before?.Namespaces ?? [], StringComparer.Ordinal).Where(NetNamespaces.Exists)];
        if (taken.Length > 0)
        {
            throw new FaultException("LabNamespaceTaken", FaultKind.Exists,
                $"There are network namespaces of these names already, and this lab did not make them: {string.Join(", ", taken)}. Choose another -Name.", taken[0]);
        }
    }
}
