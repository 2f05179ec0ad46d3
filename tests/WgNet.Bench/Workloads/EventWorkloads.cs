using System.Diagnostics;
using System.Globalization;

namespace WgNet.Bench;

/// <summary>A storm of changes: seen whole, and how long after the last.</summary>
internal static class EventWorkloads
{
    public static void Run(Stage stage, Runner runner)
    {
        const string Group = "Events";
        int count = stage.Size(10_000, 200);
        string ns = RouteWorld.Linked(stage, "storm");
        string added = stage.WriteLines("add", RouteWorld.Lines("add", count));
        void Clear() => Programs.Run(stage.Stop, "ip", "-n", ns, "route", "flush", "proto", "bird");
        string watch =
            $$"""
            $seen = 0
            try {
                Watch-NetLink -Namespace {{ns}} -Subject Route | & { process {
                    if ($_.Kind -eq 'EventsLost') { throw 'events were lost' }
                    if ($_.Item.Protocol -ne 'bird' -and $_.Item.Protocol -ne 'boot') { return }
                    if ($_.Item.Protocol -eq 'boot') { if ($script:seen -eq 0) { return }; throw 'enough' }
                    $script:seen++
                } }
            } catch { if ("$_" -ne 'enough') { throw } }
            $seen
            """;
        runner.Run(Group, new Workload(
            $"{RouteWorld.Count(count)} route changes made by ip -batch, seen by Watch-NetLink",
            count,
            new Side("Watch-NetLink, from the first change to the last seen", () => Storm(stage, ns, watch, added, count)) { Before = Clear },
            stage.Programs.Side("ip -batch alone", null, "ip", "-n", ns, "-batch", added) with { Before = Clear }));
    }

    // The watch is ended by a route of another protocol that comes after the storm.
    private static Sample Storm(Stage stage, string ns, string watch, string added, int count)
    {
        Task<Sample> watching = Task.Run(() => stage.Engine.Run(watch), stage.Stop);
        WaitForListener(stage, ns, watching);
        long start = Stopwatch.GetTimestamp();
        Programs.Run(stage.Stop, "ip", "-n", ns, "-batch", added);
        Programs.Run(stage.Stop, "ip", "-n", ns, "route", "add", "192.0.2.0/24", "dev", "eth0", "proto", "boot");
        Sample seen = watching.GetAwaiter().GetResult();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Programs.Run(stage.Stop, "ip", "-n", ns, "route", "del", "192.0.2.0/24");
        return seen.Result == count.ToString(CultureInfo.InvariantCulture)
            ? new Sample(seconds, seen.AllocatedBytes, seen.PeakBytes)
            : throw new BenchException($"Watch-NetLink saw {seen.Result} of {count} changes.");
    }

    // Its netlink socket with groups stands in the namespace's table (proc(5), /proc/net/netlink) once it listens.
    private static void WaitForListener(Stage stage, string ns, Task watching)
    {
        while (!watching.IsCompleted)
        {
            stage.Stop.ThrowIfCancellationRequested();
            string table = Programs.Run(stage.Stop, "ip", "netns", "exec", ns, "cat", "/proc/net/netlink");
            if (table.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Any(words => words[1] == "0" && words[3] != "00000000"))
                return;
            Thread.Sleep(20);
        }
    }
}
