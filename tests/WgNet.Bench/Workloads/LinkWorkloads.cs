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

    // Moving and removing wait for the kernel's grace periods (RCU), 10 to 30 ms a link whoever asks: fewer of them, and once.
    private static void Pairs(Stage stage, Runner runner)
    {
        int count = stage.Size(1_000, 10), some = stage.Size(100, 5);
        string from = stage.Namespace("from"), to = stage.Namespace("to");
        string made = stage.WriteLines("made", Enumerable.Range(0, count).Select(i => $"link add v{i} type veth peer name w{i}"));
        string moved = stage.WriteLines("moved", Enumerable.Range(0, some).Select(i => $"link set v{i} netns {to}"));
        string gone = stage.WriteLines("gone", Enumerable.Range(0, some).Select(i => $"link del v{i}"));
        string rest = stage.WriteLines("rest", Enumerable.Range(some, count - some).Select(i => $"link set v{i} group 77").Append("link del group 77"));
        Side Ip(string ns, string lines) => stage.Programs.Side("ip -batch", 1, "ip", "-n", ns, "-batch", lines);

        // A group is removed in one request, which costs one grace period for all.
        void Empty() => Programs.Run(stage.Stop, "ip", "-n", from, "-batch", rest);
        Side Last(Side side) => side with
        {
            Run = () =>
            {
                Sample sample = side.Run();
                Empty();
                return sample;
            },
        };
        string all = RouteWorld.Count(count);
        runner.RunSteps(
            Group,
            new Workload(
                $"{all} veth pairs made",
                count,
                stage.Engine.Side("New-NetLink", $"$null = 0..{count - 1} | & {{ process {{ [pscustomobject]@{{ Name = \"v$_\"; PeerName = \"w$_\" }} }} }} | New-NetLink -Kind veth -Namespace {from}"),
                Ip(from, made)) { Rounds = 3 },
            new Workload(
                $"{some} of {all} veth pairs moved",
                some,
                stage.Engine.Side("Move-NetLinkToNamespace", $"0..{some - 1} | & {{ process {{ \"v$_\" }} }} | Move-NetLinkToNamespace -Namespace {to} -SourceNamespace {from}"),
                Ip(from, moved)),
            new Workload(
                $"{some} veth pairs removed",
                some,
                Last(stage.Engine.Side("Remove-NetLink", $"0..{some - 1} | & {{ process {{ \"v$_\" }} }} | Remove-NetLink -Namespace {to}")),
                Last(Ip(to, gone))));
    }

    private static void Namespaces(Stage stage, Runner runner)
    {
        int count = stage.Size(1_024, 20);
        string[] names = stage.Namespaces("n", count);
        string list = stage.WriteLines("names", names);
        string script = stage.WriteLines("each.sh", names.Select(name => $"ip -n {name} link show"));
        string many = $"{RouteWorld.Count(count)} namespaces";
        runner.Run(Group, new Workload(
            $"{many} entered, a netlink socket opened in each",
            count,
            stage.Core("core", () => CoreWork.OpenSessions(names)),
            stage.Programs.Side("floor (C)", null, stage.Programs.Floor, "open", list)));
        runner.Run(Group, new Workload(
            $"links of {many} listed",
            count,
            stage.Engine.Side("Get-NetLink", $"$null = Get-NetLink -Namespace ([IO.File]::ReadAllLines('{list}'))"),
            stage.Programs.Side("ip -n … for each", 1, "sh", script))
        {
            Rounds = 3,
        });
    }
}
