namespace WgNet.Bench;

/// <summary>The engine's share: our objects through its own cmdlets beside objects that cost nothing.</summary>
internal static class PipelineWorkloads
{
    public static void Run(Stage stage, Runner runner)
    {
        const string Group = "Pipeline";
        int count = stage.Size(100_000, 2_000);
        string ns = RouteWorld.Filled(stage, count);
        string get = $"Get-NetLinkRoute -Namespace {ns} -Protocol bird";
        string many = RouteWorld.Count(count);
        Side Numbers(string rest) => stage.Engine.Side($"0..{count - 1} {rest}", $"0..{count - 1} {rest}");
        runner.Run(Group, new Workload(
            $"{many} routes | Where-Object Metric -eq 1", count,
            stage.Engine.Side("Get-NetLinkRoute", $"{get} | Where-Object Metric -eq 1"),
            Numbers("| Where-Object Metric -eq 1")));

        // With what a route can equal: for anything else the engine throws and catches an exception an object, whatever the object's type.
        runner.Run(Group, new Workload(
            $"{many} routes | Where-Object {{ $_.Destination … }}", count,
            stage.Engine.Side("Get-NetLinkRoute", $"{get} | Where-Object {{ $_.Destination -eq '192.0.2.0/24' }}"),
            Numbers("| Where-Object { $_ -eq -1 }")));
        runner.Run(Group, new Workload(
            $"{many} routes | Out-Null", count,
            stage.Engine.Side("Get-NetLinkRoute", $"{get} | Out-Null"),
            Numbers("| Out-Null")));

        // The repository's own shell has no Format-Table of its own.
        if (stage.Host.Name != "pwsh")
            return;
        int shown = stage.Size(10_000, 1_000);
        string few = RouteWorld.Count(shown);
        stage.Engine.Run($"$shown = @({get})[0..{shown - 1}]; $plain = 1..{shown} | ForEach-Object {{ [pscustomobject]@{{ Destination = $_; Gateway = 'a'; InterfaceName = 'b'; Protocol = 'c'; Metric = 1 }} }}");
        runner.Run(Group, new Workload(
            $"{few} routes | Format-Table | Out-Null", shown,
            stage.Engine.Side("our view", "$shown | Format-Table | Out-Null"),
            stage.Engine.Side("plain objects without a view", "$plain | Format-Table | Out-Null")));
    }
}
