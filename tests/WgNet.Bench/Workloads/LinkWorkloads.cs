namespace WgNet.Bench;

/// <summary>Links listed, made, moved and removed; namespaces opened.</summary>
internal static class LinkWorkloads
{
    private const string Group = "Links";

    public static void Run(Stage stage, Runner runner)
    {
        Lists(stage, runner);
        Pairs(stage, runner);
        Namespaces(stage, runner);
    }

    private static void Lists(Stage stage, Runner runner)
    {
        int pairs = stage.Size(1_000, 20);
        string ns = stage.Namespace("links");
        stage.Batch(ns, Enumerable.Range(0, pairs).SelectMany(i => (string[])
        [
            $"link add a{i} type veth peer name b{i}", $"addr add 10.{i >> 8}.{i & 255}.1/32 dev a{i}", $"addr add 10.{i >> 8}.{i & 255}.2/32 dev b{i}",
        ]));
        string many = RouteWorld.Count((2 * pairs) + 1);
        runner.Run(Group, new Workload(
            $"{many} links listed",
            (2 * pairs) + 1,
            stage.Engine.Side("Get-NetLink", $"$null = Get-NetLink -Namespace {ns}"),
            stage.Programs.Side("ip -s link", 1, "ip", "-n", ns, "-s", "-d", "link", "show"),
            stage.Programs.Side("ip -j -s link", 1, "ip", "-n", ns, "-j", "-s", "-d", "link", "show")));
        runner.Run(Group, new Workload(
            $"addresses of {many} links listed",
            (2 * pairs) + 1,
            stage.Engine.Side("Get-NetLinkAddress", $"$null = Get-NetLinkAddress -Namespace {ns}"),
            stage.Programs.Side("ip -j address", 1, "ip", "-n", ns, "-j", "address", "show")));
    }

    private static void Pairs(Stage stage, Runner runner)
    {
        int count = stage.Size(1_000, 10);
        string from = stage.Namespace("from"), to = stage.Namespace("to");
        string many = $"{RouteWorld.Count(count)} veth pairs";
        string made = stage.WriteLines("made", Enumerable.Range(0, count).Select(i => $"link add v{i} type veth peer name w{i}"));
        string moved = stage.WriteLines("moved", Enumerable.Range(0, count).Select(i => $"link set v{i} netns {to}"));
        string gone = stage.WriteLines("gone", Enumerable.Range(0, count).Select(i => $"link del v{i}"));

        // Each side does all three steps in turn, so that every step finds what it needs.
        Side[] us =
        [
            stage.Engine.Side("New-NetLink", $"foreach ($i in 0..{count - 1}) {{ $null = New-NetLink \"v$i\" -Kind veth -PeerName \"w$i\" -Namespace {from} }}"),
            stage.Engine.Side("Move-NetLinkToNamespace", $"foreach ($i in 0..{count - 1}) {{ Move-NetLinkToNamespace \"v$i\" {to} -SourceNamespace {from} }}"),
            stage.Engine.Side("Remove-NetLink", $"foreach ($i in 0..{count - 1}) {{ Remove-NetLink \"v$i\" -Namespace {to} }}"),
        ];
        Side[] them =
        [
            stage.Programs.Side("ip -batch", 1, "ip", "-n", from, "-batch", made),
            stage.Programs.Side("ip -batch", 1, "ip", "-n", from, "-batch", moved),
            stage.Programs.Side("ip -batch", 1, "ip", "-n", to, "-batch", gone),
        ];
        string[] verbs = ["made", "moved", "removed"];
        var samples = new List<Sample>[6];
        for (int step = 0; step < 3; step++)
        {
            int at = step;
            void Prepare(Side[] side)
            {
                for (int i = 0; i < at; i++)
                    side[i].Run();
            }

            void Clean()
            {
                if (at < 2)
                    Programs.Run(stage.Stop, "ip", "-n", at == 0 ? from : to, "-batch", gone);
            }

            Side Bracketed(Side[] side) => side[at] with
            {
                Before = () => Prepare(side),
                Run = () =>
                {
                    Sample sample = side[at].Run();
                    Clean();
                    return sample;
                },
            };
            runner.Run(Group, new Workload($"{many} {verbs[step]}", count, Bracketed(us), Bracketed(them)) { Rounds = 3 });
        }
    }

    private static void Namespaces(Stage stage, Runner runner)
    {
        int count = stage.Size(1_024, 20);
        string[] names = [.. Enumerable.Range(0, count).Select(i => stage.Namespace($"n{i}"))];
        string list = stage.WriteLines("names", names);
        string script = stage.WriteLines("each.sh", names.Select(name => $"ip -n {name} link show"));
        runner.Run(Group, new Workload(
            $"links of {RouteWorld.Count(count)} namespaces listed",
            count,
            stage.Engine.Side("Get-NetLink", $"$null = Get-NetLink -Namespace ([IO.File]::ReadAllLines('{list}'))"),
            stage.Programs.Side("ip -n … for each", 1, "sh", script))
        {
            Rounds = 3,
        });
    }
}
