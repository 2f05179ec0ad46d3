namespace WgNet.Bench;

/// <summary>Lists of the kernel's routes: counted, decoded, as objects on the pipeline.</summary>
internal static class RouteDumps
{
    public static void Run(Stage stage, Runner runner)
    {
        const string Group = "Route dumps";
        int count = stage.Size(1_000_000, 2_000);
        string ns = RouteWorld.Filled(stage, count);
        string many = $"{RouteWorld.Count(count)} routes";
        Side floor = stage.Programs.Side("floor (C, receives and drops)", null, stage.Programs.Floor, "routes", RouteWorld.Path(ns), "2");
        string[] ip = ["ip", "-n", ns, "route", "show"];
        runner.Run(Group, new Workload($"{many}, counted", count, stage.Core("core", () => CoreWork.CountRoutes(ns)), floor with { Limit = 1.3 }));
        runner.Run(Group, new Workload($"{many}, decoded into structs", count, stage.Core("core", () => CoreWork.DecodeRoutes(ns)), floor with { Limit = 1.3 }));

        stage.Engine.Run($"Import-Module '{Path.Combine(AppContext.BaseDirectory, "WgNet.Bench.Empty.dll")}'");
        string get = $"$null = Get-NetLinkRoute -Namespace {ns} -Protocol bird";
        runner.Run(Group, new Workload(
            $"{many}, `$null = Get-NetLinkRoute`",
            count,
            stage.Engine.Side("Get-NetLinkRoute", get),
            stage.Programs.Side("ip route show", 1, ip),
            stage.Programs.Side("ip -j route show", 1, ["ip", "-j", .. ip[1..]]),
            floor,
            stage.Engine.Side($"the engine alone, {RouteWorld.Count(count)} empty objects", $"$null = Get-Nothing -Count {count}")));
        int fewer = stage.Size(100_000, 2_000);
        string small = fewer == count ? ns : RouteWorld.Filled(stage, fewer, "fewer");
        runner.Run(Group, new Workload(
            $"{RouteWorld.Count(fewer)} routes",
            fewer,
            stage.Engine.Side("Get-NetLinkRoute", $"$null = Get-NetLinkRoute -Namespace {small} -Protocol bird"),
            stage.Programs.Side("pyroute2", 1 / 30.0, "/usr/bin/python3", Path.Combine(Programs.Folder, "routes.py"), small) with { WarmUps = 0 })
        {
            Rounds = 1,
        });
        runner.Run(Group, new Figure($"first of {many}", "ms", () => FirstObject(stage, ns), 50));
        runner.Run(Group, new Figure($"peak memory of {many} down a pipeline, over that of {RouteWorld.Count(fewer)}", "MiB", () => Growth(stage, small, ns)) { Rounds = 1 });
    }

    /// <summary>Milliseconds until the first object comes down a pipeline that then breaks off.</summary>
    private static double FirstObject(Stage stage, string ns) => stage.Engine.Number(
        $$"""
        $start = [Diagnostics.Stopwatch]::StartNew()
        try { Get-NetLinkRoute -Namespace {{ns}} -Protocol bird | & { process { throw 'enough' } } } catch { }
        $start.Elapsed.TotalMilliseconds
        """);

    // In a session of its own: a heap that has grown stays so. Not to $null, for which the engine gathers all objects first.
    private static double Growth(Stage stage, string fewer, string many)
    {
        using EngineSession session = EngineSession.Start(stage.Host, stage.Module, stage.Folder, stage.Stop);
        long Peak(string ns) => session.Run($"Get-NetLinkRoute -Namespace {ns} -Protocol bird | & {{ process {{ }} }}").PeakBytes!.Value;
        Peak(fewer);
        return (-Peak(fewer) + Peak(many)) / 1048576.0;
    }
}
