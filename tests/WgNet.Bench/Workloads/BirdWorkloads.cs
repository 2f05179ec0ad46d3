using System.Diagnostics;
using System.Globalization;

namespace WgNet.Bench;

/// <summary>A live BIRD with a full table, read by us, by birdc, and by a line parser in Python.</summary>
internal static class BirdWorkloads
{
    public static void Run(Stage stage, Runner runner)
    {
        const string Group = "BIRD";
        int count = stage.Size(1_000_000, 1_000);
        using var bird = new Daemon(stage, count);
        string many = $"{RouteWorld.Count(count)} routes of BIRD";
        string get = $"$null = Get-BirdRoute -ControlSocket {bird.Socket}";
        runner.Run(Group, new Workload(
            many, count,
            stage.Engine.Side("Get-BirdRoute", get),
            stage.Programs.Side("birdc show route", 1.5, "birdc", "-s", bird.Socket, "show", "route")));
        runner.Run(Group, new Workload(
            $"{many} with all attributes", count,
            stage.Engine.Side("Get-BirdRoute -Detail", get + " -Detail"),
            stage.Programs.Side("birdc show route all", 1.5, "birdc", "-s", bird.Socket, "show", "route", "all")));
        runner.Run(Group, new Workload(
            $"{many} with all attributes, parsed", count,
            stage.Engine.Side("Get-BirdRoute -Detail", get + " -Detail") with { WarmUps = 0 },
            stage.Programs.Side("Python line parser", 1, "/usr/bin/python3", Path.Combine(Programs.Folder, "birdlines.py"), bird.Socket) with { WarmUps = 0 })
        {
            Rounds = 1,
        });
        runner.Run(Group, new Figure($"first of {many}", "ms", () => stage.Engine.Number(
            $$"""
            $start = [Diagnostics.Stopwatch]::StartNew()
            try { Get-BirdRoute -ControlSocket {{bird.Socket}} | & { process { throw 'enough' } } } catch { }
            $start.Elapsed.TotalMilliseconds
            """), 50));
        runner.Run(Group, new Figure($"peak memory of {many} down a pipeline, over that of the first tenth", "MiB", () => Growth(stage, bird.Socket, count / 10)) { Rounds = 1 });
    }

    // In a session of its own: a heap that has grown stays so. Not to $null, for which the engine gathers all objects first.
    private static double Growth(Stage stage, string socket, int part)
    {
        using EngineSession session = EngineSession.Start(stage.Host, stage.Module, stage.Folder, stage.Stop);
        long Peak(string work) => session.Run($"try {{ Get-BirdRoute -ControlSocket {socket} | & {{ begin {{ $n = 0 }} process {{ {work} }} }} }} catch {{ }}").PeakBytes!.Value;
        string first = $"if (++$n -ge {part}) {{ throw 'enough' }}";
        Peak(first);
        return (-Peak(first) + Peak("")) / 1048576.0;
    }

    /// <summary>A BIRD of the benchmark's own in a namespace without any links.</summary>
    private sealed class Daemon : IDisposable
    {
        private readonly Process _process;

        public Daemon(Stage stage, int routes)
        {
            Socket = Path.Combine(stage.Folder, "bird.ctl");
            string configuration = stage.WriteLines("bird.conf",
            [
                "router id 10.0.0.1;", "protocol device { }", "protocol static ROUTES { ipv4;",
                .. Enumerable.Range(0, routes).Select(i =>
                    $"route {RouteWorld.Destination(i)} blackhole {{ bgp_path.prepend({64512 + (i % 1000)}); bgp_community.add((65001,{i % 65536})); bgp_med = {i % 100}; }};"),
                "}",
            ]);
            string ns = stage.Namespace("bird");
            var start = new ProcessStartInfo("ip", ["netns", "exec", ns, "bird", "-f", "-c", configuration, "-s", Socket, "-P", Path.Combine(stage.Folder, "bird.pid")])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            _process = Process.Start(start)!;
            string wanted = routes.ToString(CultureInfo.InvariantCulture);
            try
            {
                while (!Answer().Contains(wanted, StringComparison.Ordinal))
                {
                    if (_process.HasExited)
                        throw new BenchException($"bird ended: {_process.StandardError.ReadToEnd()}");
                    stage.Stop.WaitHandle.WaitOne(100);
                    stage.Stop.ThrowIfCancellationRequested();
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public string Socket { get; }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        private string Answer()
        {
            try
            {
                return File.Exists(Socket) ? Programs.Run(default, "birdc", "-s", Socket, "show", "route", "count") : "";
            }
            catch (BenchException)
            {
                return "";
            }
        }
    }
}
