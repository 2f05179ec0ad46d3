using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WgNet.Netlink;
using WgNet.WireGuard;
using WgNet.WireGuard.Kernel;

namespace WgNet.Bench;

/// <summary>
/// The kernel's own WireGuard beside wg and ip. Where the kernel has none it runs in the guest: build.ps1 Bench -Guest. wg sees a device
/// from within its namespace only, so that its time holds that of <c>ip netns exec</c>.
/// </summary>
internal static class KernelWireGuardWorkloads
{
    private const string Group = "Kernel WireGuard";
    private const string Name = "wgb0";

    // Emulated, the runtime takes its time to compile.
    private const int WarmUps = 10;

    public static void Run(Stage stage, Runner runner)
    {
        if (!KernelDevice.IsSupported(stage.Stop))
        {
            Console.Error.WriteLine("This kernel has no WireGuard: build.ps1 Bench -Guest measures it in a guest.");
            return;
        }

        Peers(stage, runner);
        Tunnels(stage, runner);
    }

    private static void Peers(Stage stage, Runner runner)
    {
        int count = stage.Size(10_000, 50);
        string ns = stage.Namespace("kernel"), many = $"{RouteWorld.Count(count)} peers";
        Programs.Run(stage.Stop, "ip", "-n", ns, "link", "add", Name, "type", "wireguard");
        string[] keys = [.. Enumerable.Range(0, count).Select(_ => Key())];
        string all = Config(stage, "all.conf", keys, 0), changed = Config(stage, "changed.conf", keys, 1), none = stage.WriteLines("none.conf", ["[Interface]"]);
        string[] Wg(params string[] words) => ["ip", "netns", "exec", ns, "wg", .. words];
        void Do(string verb, string file) => Programs.Run(stage.Stop, "ip", Wg(verb, Name, file)[1..]);
        string Import(string file, string mode) => $"Import-WgConfig -Path {file} -Tunnel {Name} -Namespace {ns} -Mode {mode} -Confirm:$false";

        runner.Run(Group, new Workload(
            $"{many} configured",
            count,
            stage.Engine.Side("Import-WgConfig", Import(all, "Replace")) with { Before = () => Do("setconf", none), WarmUps = WarmUps },
            stage.Programs.Side("wg setconf", 1, Wg("setconf", Name, all)) with { Before = () => Do("setconf", none) }));
        runner.Run(Group, new Workload(
            $"{many} read",
            count,
            stage.Engine.Side("Get-WgPeer", $"$null = Get-WgPeer {Name} -Namespace {ns}") with { WarmUps = WarmUps },
            stage.Programs.Side("wg show dump", 1, Wg("show", Name, "dump"))));
        runner.Run(Group, new Workload(
            $"{many} synchronised, 1% changed",
            count,
            stage.Engine.Side("Import-WgConfig -Mode Sync", Import(changed, "Sync")) with { Before = () => Do("syncconf", all), WarmUps = WarmUps },
            stage.Programs.Side("wg syncconf", 1, Wg("syncconf", Name, changed)) with { Before = () => Do("syncconf", all) }));

        using (NetNamespaceHandle handle = NetNamespaceHandle.Open(ns))
        {
            foreach (int size in (int[])[4, 16, 32, 60])
                runner.Run(Group, new Figure($"{many} set in messages of {size} KiB", "ms", () => Messages(handle, keys, size * 1024)) { Rounds = 3 });
        }

        // Peers that go with their link take the kernel long.
        Do("setconf", none);
    }

    private static double Messages(NetNamespaceHandle ns, string[] keys, int size)
    {
        using var device = new KernelDevice(NetlinkSocket.Open(NetlinkConstants.NETLINK_GENERIC, ns), Name) { MessageSize = size };
        device.Apply(new WgDeviceChange { ReplacePeers = true });
        var change = new WgDeviceChange
        {
            Peers =
            [
                .. keys.Select((key, i) => new WgPeerChange
                {
                    PublicKey = new WgPublicKey(Convert.FromBase64String(key)),
                    AllowedIPs = [AllowedIP.Parse($"10.{i >> 8}.{i & 255}.0/24"), AllowedIP.Parse($"fd00:{i:x}::/64")],
                }),
            ],
        };
        long start = Stopwatch.GetTimestamp();
        device.Apply(change);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Tunnels(Stage stage, Runner runner)
    {
        int count = stage.Size(200, 3);
        string transport = stage.Namespace("transport"), clear = stage.Namespace("clear");
        string key = Key(), peer = Key();
        string config = stage.WriteLines("one.conf", ["[Interface]", $"PrivateKey = {key}", "[Peer]", $"PublicKey = {peer}", "AllowedIPs = 0.0.0.0/0, ::/0", "Endpoint = 192.0.2.1:5800"]);
        string script = stage.WriteLines("tunnels.sh", Enumerable.Range(0, count).SelectMany(i => (string[])
        [
            $"ip -n {transport} link add wg{i} type wireguard",
            $"ip netns exec {transport} wg setconf wg{i} {config}",
            $"ip -n {transport} link set wg{i} netns {clear}",
            $"ip -n {clear} address add {Address(i)} dev wg{i}",
            $"ip -n {clear} link set wg{i} up",
        ]));

        // Not ip: the kernel waits long for peers that go with their link.
        void Clean() => stage.Engine.Run($"Get-WgTunnel -Namespace {clear} | Remove-WgTunnel -Confirm:$false");
        Side Cleaned(Side side) => side with
        {
            Run = () =>
            {
                Sample sample = side.Run();
                Clean();
                return sample;
            },
        };
        runner.Run(Group, new Workload(
            $"{RouteWorld.Count(count)} tunnels made, moved, addressed and raised",
            count,
            Cleaned(stage.Engine.Side(
                "New-WgTunnel",
                $"foreach ($i in 0..{count - 1}) {{ $null = New-WgTunnel \"wg$i\" -PrivateKey {key} -PeerPublicKey {peer} -Endpoint 192.0.2.1:5800 "
                + $"-TransportNamespace {transport} -Namespace {clear} -Address \"10.$($i -shr 7).$(2 * ($i -band 127)).0/31\" }}")),
            Cleaned(stage.Programs.Side("ip, wg", 0.1, "sh", script)) with { WarmUps = 0 })
        {
            Rounds = 2,
        });
    }

    private static string Address(int i) => $"10.{i >> 7}.{2 * (i & 127)}.0/31";

    // One peer in a hundred differs from one version to the next.
    private static string Config(Stage stage, string name, string[] keys, int version)
    {
        var text = new StringBuilder("[Interface]\n");
        for (int i = 0; i < keys.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"[Peer]\nPublicKey = {keys[i]}\nAllowedIPs = 10.{i >> 8}.{i & 255}.0/24, fd00:{i + (i % 100 == 0 ? version << 15 : 0):x}::/64\n");
        return stage.WriteLines(name, [text.ToString()]);
    }

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
