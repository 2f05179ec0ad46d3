using System.Security.Cryptography;
using System.Text;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.WireGuard;

/// <summary>
/// Sizes at which a dump comes in many parts and a change goes in many messages. Debian's wg is the witness. WGNET_TEST_SCALE=full takes the
/// largest that gateways are made for: 10,000 peers, 100,000 allowed IPs of one peer, 1,000 tunnels.
/// </summary>
public sealed class ScaleTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void ManyPeersAreSetReadAndSynchronised()
    {
        int peers = TestScale.IsFull ? 10_000 : 2_000;
        using var device = new RealDevice(_world.Namespace("a"));
        Import(device, Config(peers, changed: false), "Replace");
        Assert.Equal(Sorted(Config(peers, changed: false)), Peers(device.ShowConf()));
        Assert.Equal($"{peers} {2 * peers}", Count(device));

        Import(device, Config(peers, changed: true), "Sync");
        Assert.Equal(Sorted(Config(peers, changed: true)), Peers(device.ShowConf()));
        Assert.Equal(Sorted(Config(peers, changed: true)), Peers(RealDevice.Sorted(string.Join('\n', _engine.Succeed("ConvertTo-WgConfig -Tunnel $name -Namespace $ns").Select(line => line.ToString())))));

        // A device with many peers takes the kernel long to remove; without them it does not.
        Import(device, "[Interface]\n", "Replace");
        Assert.Equal("0 0", Count(device));
    }

    [Fact]
    public void OnePeerHasAllowedIPsWithoutEnd()
    {
        int count = TestScale.IsFull ? 100_000 : 10_000;
        using var device = new RealDevice(_world.Namespace("a"));
        string ips = string.Join(", ", Enumerable.Range(0, count).Select(i => $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}/32"));
        Import(device, $"[Interface]\n[Peer]\nPublicKey = {Key(0)}\nAllowedIPs = {ips}\n", "Replace");
        Assert.Equal($"1 {count}", Count(device));
        Assert.Equal(count, device.Wg("show", "allowed-ips").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length - 1);
        Import(device, "[Interface]\n", "Replace");
    }

    [Fact]
    [Trait(Backend.Trait, Backend.Kernel)]
    public void ManyTunnelsInOneNamespace()
    {
        Backend.RequireKernel();
        int tunnels = TestScale.IsFull ? 1000 : 100;
        _engine.Succeed(
            """
            $key = New-WgKey
            1..$tunnels | ForEach-Object { $null = New-WgTunnel "wg$_" -PrivateKey $key -ListenPort (20000 + $_) -TransportNamespace $transport -Namespace $clear -Address "10.9.$($_ -shr 7).$(2 * ($_ -band 127))/31" }
            """,
            ("tunnels", tunnels),
            ("transport", _world.Namespace("public")),
            ("clear", _world.Namespace("private")));
        Assert.Equal($"{tunnels} {tunnels} {tunnels}", _engine.Succeed("$all = Get-WgTunnel -Namespace $clear; \"$($all.Count) $([Collections.Generic.HashSet[int]]::new([int[]] $all.ListenPort).Count) $(@($all | Where-Object State -eq Up).Count)\"")[0].ToString());
        _engine.Succeed("Get-WgTunnel -Namespace $clear | Remove-WgTunnel -Confirm:$false");
        Assert.Empty(_engine.Succeed("Get-WgTunnel -Namespace $clear"));
    }

    private string Count(RealDevice device) => _engine.Succeed(
        "$peers = @(Get-WgPeer $name -Namespace $ns); $sum = 0; foreach ($peer in $peers) { $sum += $peer.AllowedIPs.Count }; \"$($peers.Count) $sum\"",
        ("name", device.Name),
        ("ns", device.Namespace))[0].ToString();

    private void Import(RealDevice device, string config, string mode)
    {
        string file = _world.PrivateFile("many.conf", config);
        _engine.Succeed($"Import-WgConfig -Path $file -Tunnel $name -Namespace $ns -Mode {mode} -Confirm:$false", ("file", file), ("name", device.Name), ("ns", device.Namespace));
    }

    // One in a hundred differs between the two.
    private static string Config(int peers, bool changed)
    {
        var text = new StringBuilder("[Interface]\n");
        for (int i = 0; i < peers; i++)
            text.Append($"[Peer]\nPublicKey = {Key(i)}\nAllowedIPs = 10.{i >> 8}.{i & 255}.0/24, fd00:{i + 1 + (changed && i % 100 == 0 ? 0x8000 : 0):x}::/64\n");
        return text.ToString();
    }

    private static string Sorted(string config) => Peers(RealDevice.Sorted(config));

    private static string Peers(string config) => config[config.IndexOf("[Peer]", StringComparison.Ordinal)..];

    private static string Key(int i) => Convert.ToBase64String(SHA256.HashData(BitConverter.GetBytes(i)));
}
