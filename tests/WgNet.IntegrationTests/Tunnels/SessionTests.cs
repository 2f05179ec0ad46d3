using System.Management.Automation;
using System.Security.Cryptography;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>What happens between two devices that speak with each other: marks, roaming, keepalive, and changes that must not disturb them.</summary>
public sealed class SessionTests : IDisposable
{
    private const string Other = "gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=";
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly string _publicA;
    private readonly string _publicB;
    private readonly string _privateA;
    private readonly string _privateB;

    public SessionTests()
    {
        _publicA = _world.Namespace("pa");
        _publicB = _world.Namespace("pb");
        _privateA = _world.Namespace("ca");
        _privateB = _world.Namespace("cb");
        TestWorld.Cable(_publicA, _publicB);
        _engine.Succeed(
            """
            $a = New-WgKey; $b = New-WgKey
            $null = New-WgTunnel wg1 -PrivateKey $a -ListenPort 5801 -PeerPublicKey $b.PublicKey -Endpoint 10.0.0.2:5802 `
                -TransportNamespace $pa -Namespace $ca -Address 169.254.1.0/31
            $null = New-WgTunnel wg1 -PrivateKey $b -ListenPort 5802 -PeerPublicKey $a.PublicKey `
                -TransportNamespace $pb -Namespace $cb -Address 169.254.1.1/31
            """,
            ("pa", _publicA), ("pb", _publicB), ("ca", _privateA), ("cb", _privateB));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void MarkedPacketsFollowTheirRule()
    {
        // Without the mark's table there is no way to the peer.
        Native.Ip($"-n {_publicA} rule add fwmark 51 lookup 100");
        Native.Ip($"-n {_publicA} route add unreachable 10.9.9.9 table main");
        Native.Ip($"-n {_publicA} route add 10.9.9.9 via 10.0.0.2 table 100");
        Native.Ip($"-n {_publicB} addr add 10.9.9.9/32 dev lo");
        _engine.Succeed("Get-WgPeer wg1 -Namespace $ca | Set-WgPeer -Endpoint 10.9.9.9:5802");
        Assert.False(Reaches(_privateA, "169.254.1.1"));
        _engine.Succeed("Set-WgTunnel wg1 -Namespace $ca -FirewallMark 51");

        // The daemon shakes hands again in its own time.
        Wait.Until(() => Reaches(_privateA, "169.254.1.1"), "marked packets to arrive");
    }

    [Fact]
    public void ARoamingPeerIsFollowed()
    {
        Assert.True(Reaches(_privateA, "169.254.1.1"));
        _engine.Succeed("Set-WgTunnel wg1 -Namespace $cb -ListenPort 5902");
        Assert.True(Reaches(_privateB, "169.254.1.0"));
        Assert.Equal("10.0.0.2:5902", _engine.Succeed("\"$((Get-WgPeer wg1 -Namespace $ca).Endpoint)\"")[0].ToString());
        Assert.True(Reaches(_privateA, "169.254.1.1"));
    }

    [Fact]
    public void KeepaliveShakesHandsWithoutTraffic()
    {
        Assert.Equal("Never", Peer("$ca").Properties["State"].Value.ToString());
        _engine.Succeed("Get-WgPeer wg1 -Namespace $ca | Set-WgPeer -PersistentKeepalive 1");
        Assert.Equal("Active", Assert.Single(_engine.Succeed("Wait-WgPeer wg1 -Namespace $ca -Timeout 30")).Properties["State"].Value.ToString());
    }

    [Fact]
    public void SyncKeepsSessionsThatDidNotChange()
    {
        Assert.True(Reaches(_privateA, "169.254.1.1"));
        PSObject before = Peer("$ca");
        _engine.Succeed("$text = ConvertTo-WgConfig -Tunnel wg1 -Namespace $ca");
        _engine.Succeed(
            "[IO.File]::WriteAllText($file, $text + \"`n[Peer]`nPublicKey = $other`nAllowedIPs = 10.77.0.0/16`n\"); Import-WgConfig -Path $file -Tunnel wg1 -Namespace $ca -Mode Sync",
            ("file", _world.PrivateFile("wg1.conf")), ("other", Other));
        Assert.Equal(2, _engine.Succeed("Get-WgPeer wg1 -Namespace $ca").Count);
        PSObject after = Peer("$ca");
        Assert.Equal(before.Properties["LatestHandshake"].Value, after.Properties["LatestHandshake"].Value);
        Assert.True((ulong)after.Properties["ReceivedBytes"].Value >= (ulong)before.Properties["ReceivedBytes"].Value && (ulong)before.Properties["ReceivedBytes"].Value > 0);

        // The session is alive: traffic needs no new handshake.
        Assert.True(Reaches(_privateA, "169.254.1.1"));
        Assert.Equal(before.Properties["LatestHandshake"].Value, Peer("$ca").Properties["LatestHandshake"].Value);
    }

    /// <summary>One in a hundred of many peers changes: the one that speaks keeps its session, and the endpoint to which it has roamed.</summary>
    [Fact]
    public void SynchronisingManyPeersDisturbsNoOther()
    {
        int count = TestScale.IsFull ? 10_000 : 500;
        string own = string.Join('\n', _engine.Succeed("ConvertTo-WgConfig -Tunnel wg1 -Namespace $ca")) + "\n";
        Import(own + Others(count, changed: false));
        Assert.True(Reaches(_privateA, "169.254.1.1"));
        _engine.Succeed("Set-WgTunnel wg1 -Namespace $cb -ListenPort 5902");
        Assert.True(Reaches(_privateB, "169.254.1.0"));
        PSObject before = Peer("$ca");
        Assert.Equal("10.0.0.2:5902", before.Properties["Endpoint"].Value.ToString());

        Import(own + Others(count, changed: true));
        Assert.Contains("Endpoint = 10.0.0.2:5802", own, StringComparison.Ordinal);
        PSObject after = Peer("$ca");
        foreach (string kept in (string[])["LatestHandshake", "Endpoint"])
            Assert.Equal(before.Properties[kept].Value.ToString(), after.Properties[kept].Value.ToString());
        foreach (string counted in (string[])["ReceivedBytes", "SentBytes"])
            Assert.True((ulong)after.Properties[counted].Value >= (ulong)before.Properties[counted].Value, counted);
        Assert.True(Reaches(_privateA, "169.254.1.1"));
        Assert.Equal($"{count + 1} {count / 100}", _engine.Succeed(
            "$all = @(Get-WgPeer wg1 -Namespace $ca); \"$($all.Count) $(@($all | Where-Object { \"$($_.AllowedIPs)\" -like '10.201.*' }).Count)\"")[0].ToString());

        // A device with many peers takes the kernel long to remove.
        Import(own);

        void Import(string text)
        {
            _engine.Succeed("Import-WgConfig -Path $file -Tunnel wg1 -Namespace $ca -Mode Sync", ("file", _world.PrivateFile("many.conf", text)));
        }
    }

    private static string Others(int count, bool changed) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $"[Peer]\nPublicKey = {Convert.ToBase64String(SHA256.HashData(BitConverter.GetBytes(i)))}\nAllowedIPs = 10.{(changed && i % 100 == 0 ? 201 : 202)}.{i >> 8}.{i & 255}/32\n"));

    // The others have no endpoint.
    private PSObject Peer(string ns) => _engine.Succeed($"Get-WgPeer wg1 -Namespace {ns}").Single(peer => peer.Properties["Endpoint"].Value is not null);

    private static bool Reaches(string ns, string address) => Native.Run("ip", "netns", "exec", ns, "ping", "-c", "3", "-i", "0.3", "-W", "5", address).ExitCode == 0;
}
