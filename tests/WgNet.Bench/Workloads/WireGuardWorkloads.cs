using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WgNet.WireGuard.Tunnels;
using WgNet.WireGuard.Userspace;

namespace WgNet.Bench;

/// <summary>A userspace device with many peers read, and recorded dumps of the kernel's decoded.</summary>
internal static class WireGuardWorkloads
{
    private const string Group = "WireGuard";

    public static void Run(Stage stage, Runner runner)
    {
        int count = stage.Size(1_000, 20);
        string ns = stage.Namespace("wg");
        using var device = new GoDevice(stage, ns, count);
        string many = $"{RouteWorld.Count(count)} peers";
        const int Times = 20;

        // One read is too short to time, for either side.
        Side Repeated(Func<long> read)
        {
            Side many = stage.Core("core", () => Enumerable.Range(0, Times).Sum(_ => read()));
            return many with { Run = () => many.Run() is var sample ? sample with { Seconds = sample.Seconds / Times, AllocatedBytes = sample.AllocatedBytes / Times, Result = null } : sample, CountCalls = () => many.CountCalls!() / Times };
        }

        // Four hundred reads to warm up: the module is compiled ahead, and comes to the runtime's best after as many of a session.
        Side bare = new("bare read (C)", () => new Sample(double.Parse(
            Programs.Run(stage.Stop, stage.Programs.Floor, "uapi", device.Socket, Times.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture)));
        runner.Run(Group, new Workload($"UAPI read of {many}", count, Repeated(() => Read(device.Socket)) with { WarmUps = 20 }, bare with { Limit = 1.2 }));
        runner.Run(Group, new Workload(
            $"{many} as objects",
            count,
            stage.Engine.Side("Get-WgPeer", $"$null = Get-WgPeer {device.Name} -Namespace {ns}") with { WarmUps = 10 },
            stage.Programs.Side("wg show dump", 1, "wg", "show", device.Name, "dump"),
            bare));
        foreach ((string name, int peers, string what) in ((string, int, string)[])[("wg-get-2000-peers", 2_000, "2,000 peers"), ("wg-get-first-peer-6000-ips", 1, "a peer with 6,000 allowed IPs")])
            Decode(WireGuardDump.Recorded(name), peers, $"dump of {what}, recorded from Linux 6.12");
        foreach ((int peers, int ips) in ((int, int)[])[(1, 10_000), (1_000, 10), (10_000, 2), (20_000, 1)])
        {
            Decode(
                WireGuardDump.Make(stage.Size(peers, Math.Min(peers, 50)), stage.Size(ips, Math.Min(ips, 50))),
                peers,
                $"dump of {RouteWorld.Count(peers)} peers × {RouteWorld.Count(ips)} allowed IPs, made as that kernel writes it");
        }

        void Decode(WireGuardDump dump, int peers, string what)
        {
            string name = $"{what} ({RouteWorld.Count(dump.Datagrams.Count)} datagrams)";
            runner.Run(Group, new Workload($"{name}, into structs", peers, stage.Core("core", dump.ReadStructs)));
            runner.Run(Group, new Workload($"{name}, into objects", peers, stage.Core("core", dump.Decode)));
        }
    }

    private static long Read(string socket)
    {
        using WireGuard.IWgDevice device = WgDevices.Userspace(socket);
        return device.Read().Peers.Length;
    }

    /// <summary>A wireguard-go of the benchmark's own, with peers.</summary>
    private sealed class GoDevice : IDisposable
    {
        private readonly Process _daemon;

        public GoDevice(Stage stage, string ns, int peers)
        {
            Name = "wgb" + RandomNumberGenerator.GetHexString(8, lowercase: true);
            var start = new ProcessStartInfo("ip", ["netns", "exec", ns, "env", "WG_PROCESS_FOREGROUND=1", "LOG_LEVEL=silent", "wireguard-go", "-f", Name])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            _daemon = Process.Start(start)!;
            try
            {
                long since = Stopwatch.GetTimestamp();
                while (!WireGuardGo.Answers(Socket))
                {
                    stage.Stop.ThrowIfCancellationRequested();
                    if (_daemon.HasExited || Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(20))
                        throw new BenchException("wireguard-go did not start.");
                    Thread.Sleep(20);
                }

                var text = new StringBuilder($"[Interface]\nPrivateKey = {Key()}\nListenPort = 5800\n");
                for (int i = 0; i < peers; i++)
                    text.Append(CultureInfo.InvariantCulture, $"[Peer]\nPublicKey = {Key()}\nEndpoint = 10.0.0.9:{1000 + (i % 60000)}\nAllowedIPs = 10.{i >> 8}.{i & 255}.0/24, fd00:{i:x}::/32\n");
                Programs.Run(stage.Stop, "wg", "setconf", Name, stage.WriteLines("wg.conf", [text.ToString()]));
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public string Name { get; }

        public string Socket => $"/var/run/wireguard/{Name}.sock";

        public void Dispose()
        {
            // Asked, not killed: only so does it take its socket's file away.
            if (!_daemon.HasExited)
            {
                Programs.Run(default, "kill", "-TERM", _daemon.Id.ToString(CultureInfo.InvariantCulture));
                if (!_daemon.WaitForExit(TimeSpan.FromSeconds(5)))
                    _daemon.Kill();
            }

            _daemon.Dispose();
        }

        private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    }
}
