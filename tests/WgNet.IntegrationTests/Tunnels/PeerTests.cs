using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>Peers: added, changed and removed; handshakes and traffic between two real devices.</summary>
public sealed class PeerTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void AddSetRemove()
    {
        string ns = _world.Namespace("a");
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns; $a = (New-WgKey).PublicKey; $b = (New-WgKey).PublicKey", ("ns", ns));
        PSObject added = Assert.Single(_engine.Succeed("Add-WgPeer wg0 $a -Namespace $ns -Endpoint 192.0.2.1:5 -AllowedIPs 10.0.0.0/8, fd00::/8 -PersistentKeepalive 10 -PassThru"));
        Assert.Equal("192.0.2.1:5", added.Properties["Endpoint"].Value.ToString());
        _engine.Fail("PeerExists", "Add-WgPeer wg0 $a -Namespace $ns");
        _engine.Fail("PeerNotFound", "Set-WgPeer wg0 $b -Namespace $ns -PersistentKeepalive 1");

        // What is not given stays.
        _engine.Succeed("Get-WgPeer wg0 -Namespace $ns | Set-WgPeer -PersistentKeepalive 20");
        PSObject changed = Assert.Single(_engine.Succeed("Get-WgPeer wg0 -Namespace $ns"));
        Assert.Equal(20, changed.Properties["PersistentKeepalive"].Value);
        Assert.Equal("10.0.0.0/8 fd00::/8", _engine.Succeed("\"$((Get-WgPeer wg0 -Namespace $ns).AllowedIPs)\"")[0].ToString());

        _engine.Succeed("Get-WgPeer wg0 -Namespace $ns | Remove-WgPeer");
        Assert.Empty(_engine.Succeed("Get-WgPeer wg0 -Namespace $ns"));
        _engine.Fail("PeerNotFound", "Remove-WgPeer wg0 $a -Namespace $ns");
    }

    [Fact]
    public void TunnelOnThePipelineSaysWhere()
    {
        string ns = _world.Namespace("a");
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns; $a = (New-WgKey).PublicKey", ("ns", ns));
        _engine.Succeed("Get-WgTunnel wg0 -Namespace $ns | Add-WgPeer -PublicKey $a");
        _engine.Succeed("Get-WgTunnel wg0 -Namespace $ns | Set-WgPeer -PublicKey $a -PersistentKeepalive 9");
        Assert.Equal(9, Assert.Single(_engine.Succeed("Get-WgPeer wg0 $a -Namespace $ns")).Properties["PersistentKeepalive"].Value);

        // Without -PublicKey the tunnel brings its own, which is no peer's.
        _engine.Fail("OwnPublicKey", "Get-WgTunnel wg0 -Namespace $ns | Add-WgPeer");
        _engine.Succeed("Get-WgTunnel wg0 -Namespace $ns | Remove-WgPeer -PublicKey $a");
        Assert.Empty(_engine.Succeed("Get-WgPeer wg0 -Namespace $ns"));
    }

    [Fact]
    public void StealingIsWarnedOfBeforeItHappens()
    {
        string ns = _world.Namespace("a");
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns; Add-WgPeer wg0 ($a = (New-WgKey).PublicKey) -Namespace $ns -AllowedIPs 10.7.0.0/16", ("ns", ns));
        EngineResult told = _engine.Run("Add-WgPeer wg0 (New-WgKey).PublicKey -Namespace $ns -AllowedIPs 10.7.0.0/16 -WhatIf");
        Assert.Contains("10.7.0.0/16 belongs to peer", Assert.Single(told.Warnings), StringComparison.Ordinal);
        Assert.Equal("10.7.0.0/16", _engine.Succeed("\"$((Get-WgPeer wg0 -Namespace $ns).AllowedIPs)\"")[0].ToString());
        Assert.Single(_engine.Run("Add-WgPeer wg0 (New-WgKey).PublicKey -Namespace $ns -AllowedIPs 10.7.0.0/16").Warnings);
        Assert.Empty((Array)_engine.Succeed("Get-WgPeer wg0 $a -Namespace $ns")[0].Properties["AllowedIPs"].Value);
    }

    [Fact]
    public void TunnelsCarryTrafficAndOnlyEncryptedOutside()
    {
        Requires.Program("tcpdump");
        string publicA = _world.Namespace("pa");
        string publicB = _world.Namespace("pb");
        string privateA = _world.Namespace("ca");
        string privateB = _world.Namespace("cb");
        TestWorld.Cable(publicA, publicB);
        _engine.Succeed(
            """
            $a = New-WgKey; $b = New-WgKey; $shared = New-WgKey -PresharedKey
            $null = New-WgTunnel wg1 -PrivateKey $a -ListenPort 5801 -PeerPublicKey $b.PublicKey -PresharedKey $shared -Endpoint '[fd00::2]:5802' `
                -TransportNamespace $pa -Namespace $ca -Address 169.254.1.0/31, 2001:db8:ff::/127
            $null = New-WgTunnel wg1 -PrivateKey $b -ListenPort 5802 -PeerPublicKey $a.PublicKey -PresharedKey $shared `
                -TransportNamespace $pb -Namespace $cb -Address 169.254.1.1/31, 2001:db8:ff::1/127
            """,
            ("pa", publicA), ("pb", publicB), ("ca", privateA), ("cb", privateB));

        string capture = Path.Combine(_world.Folder, "outside");
        using (Daemon outside = Daemon.StartIn(publicA, "tcpdump", "-Z", "root", "-U", "-npi", "eth0", "-w", capture, "udp or icmp or (icmp6 and ip6[40] >= 128 and ip6[40] <= 129)"))
        {
            // The file's header is written once it listens.
            Wait.Until(() => File.Exists(capture) && new FileInfo(capture).Length >= 24, "tcpdump to listen");
            PSObject test = Assert.Single(_engine.Succeed("Test-WgTunnel wg1 -Namespace $ca -Timeout 10000"));
            Assert.True((bool)test.Properties["Working"].Value, test.Properties["Problem"].Value?.ToString());

            // Two handshake messages, two requests and two replies.
            Wait.Until(() => Packets(capture).Length >= 6, "six packets outside");
        }

        Assert.All(Packets(capture), line => Assert.Contains("UDP", line, StringComparison.Ordinal));

        PSObject peer = Assert.Single(_engine.Succeed("Wait-WgPeer wg1 -Namespace $ca -Timeout 5"));
        Assert.Equal("Active", peer.Properties["State"].Value.ToString());

        // The side that was told no endpoint has learnt it.
        Assert.Equal("[fd00::1]:5801", _engine.Succeed("\"$((Get-WgPeer wg1 -Namespace $cb).Endpoint)\"")[0].ToString());
    }

    [Fact]
    public void WaitTellsWhoIsSilent()
    {
        string ns = _world.Namespace("a");
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -PeerPublicKey (New-WgKey).PublicKey -Endpoint 127.0.0.1:9 -TransportNamespace $ns -Namespace $ns -Address 10.3.0.0/31", ("ns", ns));
        ErrorRecord error = _engine.Fail("HandshakeTimeout", "Wait-WgPeer wg0 -Namespace $ns -Timeout 0.3");
        Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
        _engine.Stop("Wait-WgPeer wg0 -Namespace $ns -Timeout 60", TimeSpan.FromMilliseconds(300));

        string problem = _engine.Succeed("(Test-WgTunnel wg0 -Namespace $ns -Timeout 50).Problem")[0].ToString();
        Assert.Contains("never shook hands", problem, StringComparison.Ordinal);
        _engine.Succeed("Set-WgTunnel wg0 -Namespace $ns -Down");
        Assert.Contains("is down", _engine.Succeed("(Test-WgTunnel wg0 -Namespace $ns).Problem")[0].ToString(), StringComparison.Ordinal);
    }

    private static string[] Packets(string capture) => Native.Run("tcpdump", "-nr", capture).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
