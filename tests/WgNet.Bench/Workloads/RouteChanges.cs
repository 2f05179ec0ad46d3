namespace WgNet.Bench;

/// <summary>Routes added and removed in bulk.</summary>
internal static class RouteChanges
{
    public static void Run(Stage stage, Runner runner)
    {
        const string Group = "Route changes";
        int count = stage.Size(10_000, 200);
        string ns = RouteWorld.Linked(stage, "changes");
        string source = RouteWorld.Filled(stage, count, "source");
        string added = stage.WriteLines("add", RouteWorld.Lines("add", count));
        string removed = stage.WriteLines("del", RouteWorld.Lines("del", count));
        Programs ip = stage.Programs;
        void Flush() => Programs.Run(stage.Stop, "ip", "-n", ns, "route", "flush", "proto", "bird");
        void Fill() => Programs.Run(stage.Stop, "ip", "-n", ns, "-batch", added);
        Action cleared = () => { Flush(); };
        Action filled = () => { Flush(); Fill(); };
        stage.Engine.Run($"$routes = @(Get-NetLinkRoute -Namespace {source} -Protocol bird); $routes.Count");
        string many = RouteWorld.Count(count);

        // Where an error would end the pipeline, they go to the kernel one by one.
        string Together(string command) => $"$null = {command} -ErrorAction Continue -ErrorVariable refused; if ($refused) {{ throw $refused[0] }}";
        string OneByOne(string command) => $"$null = $routes | {command} -Namespace {ns} -ErrorAction Stop";
        runner.Run(Group, new Workload(
            $"{many} routes added, objects down the pipeline, until the first error",
            count,
            stage.Engine.Side("New-NetLinkRoute -ErrorAction Stop", OneByOne("New-NetLinkRoute")) with { Before = cleared },
            ip.Side("ip -batch", null, "ip", "-n", ns, "-batch", added) with { Before = cleared }));
        runner.Run(Group, new Workload(
            $"{many} routes added, objects down the pipeline",
            count,
            stage.Engine.Side("New-NetLinkRoute", Together($"$routes | New-NetLinkRoute -Namespace {ns}")) with { Before = cleared },
            ip.Side("ip -batch", 1, "ip", "-n", ns, "-batch", added) with { Before = cleared }));
        runner.Run(Group, new Workload(
            $"{many} routes removed, objects down the pipeline",
            count,
            stage.Engine.Side("Remove-NetLinkRoute", Together($"$routes | Remove-NetLinkRoute -Namespace {ns}")) with { Before = filled },
            ip.Side("ip -batch", 1, "ip", "-n", ns, "-batch", removed) with { Before = filled }));
        runner.Run(Group, new Workload(
            $"{many} routes listed and removed",
            count,
            stage.Engine.Side("Get- | Remove-NetLinkRoute", Together($"Get-NetLinkRoute -Namespace {ns} -Protocol bird | Remove-NetLinkRoute")) with { Before = filled },
            ip.Side("ip -batch", 1, "ip", "-n", ns, "-batch", removed) with { Before = filled }));
    }
}
