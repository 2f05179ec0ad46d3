namespace WgNet.Bench;

/// <summary>Cost as work grows: linear, with the constant.</summary>
internal static class GrowthWorkloads
{
    public static void Run(Stage stage, Runner runner)
    {
        const string Group = "Growth";
        foreach (int count in stage.Quick ? (int[])[100, 1_000] : [1_000, 10_000, 100_000, 1_000_000])
        {
            string ns = RouteWorld.Filled(stage, count, $"g{count}");
            string get = $"$null = Get-NetLinkRoute -Namespace {ns} -Protocol bird";
            runner.Run(Group, new Workload(
                $"{RouteWorld.Count(count)} routes",
                count,
                stage.Engine.Side("Get-NetLinkRoute", get),
                stage.Programs.Side("ip route show", null, "ip", "-n", ns, "route", "show")));
            runner.TellEach(Group, $"each of {RouteWorld.Count(count)} routes", count);
        }

        foreach (int peers in stage.Quick ? (int[])[10] : [10, 100, 1_000, 10_000])
        {
            WireGuardDump dump = WireGuardDump.Make(peers, 2);
            runner.Run(Group, new Workload($"kernel's dump of {RouteWorld.Count(peers)} peers × 2 allowed IPs decoded", peers, stage.Core("core", dump.Decode)));
            runner.TellEach(Group, $"each of {RouteWorld.Count(peers)} peers", peers);
        }
    }
}
