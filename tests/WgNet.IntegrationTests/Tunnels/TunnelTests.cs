using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>Making, finding, changing and removing tunnels, with Debian's wg and ip as witnesses.</summary>
public sealed class TunnelTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void NamespaceOnThePipelineMeansAllItsTunnels()
    {
        string ns = _world.Namespace("piped");
        _engine.Succeed("foreach ($n in 'wg0', 'wg1') { $null = New-WgTunnel $n -PrivateKey (New-WgKey) -PeerPublicKey (New-WgKey).PublicKey -TransportNamespace $ns -Namespace $ns }", ("ns", ns));
        Assert.Equal("wg0 wg1", _engine.Succeed("\"$((Get-NetNamespace $ns | Get-WgTunnel).Name)\"")[0].ToString());
        Assert.Equal("wg1", _engine.Succeed("\"$((Get-NetNamespace $ns | Get-WgTunnel wg1).Name)\"")[0].ToString());
        Assert.Equal("wg0 wg1", _engine.Succeed("\"$((Get-NetNamespace $ns | Get-WgPeer).Tunnel)\"")[0].ToString());
        Assert.Equal("wg0", _engine.Succeed("\"$((Get-WgTunnel wg0 -Namespace $ns | Get-WgTunnel).Name)\"")[0].ToString());
    }

    [Fact]
    public void TunnelThatComesUpAgainHasItsAddresses()
    {
        string ns = _world.Namespace("updown");
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns -Address 169.254.1.4/31, 2001:db8:ff::4/127", ("ns", ns));
        _engine.Succeed("Set-WgTunnel wg0 -Namespace $ns -Down; Set-WgTunnel wg0 -Namespace $ns -Up");
        Assert.Equal("169.254.1.4/31 2001:db8:ff::4/127", Assert.Single(_engine.Succeed("\"$((Get-WgTunnel wg0 -Namespace $ns).Address)\"")).ToString());
        Assert.Contains("2001:db8:ff::4/127", Native.Ip($"-n {ns} -6 -o addr show dev wg0"), StringComparison.Ordinal);
        Assert.Contains("2001:db8:ff::4/127", Native.Ip($"-n {ns} -6 route show dev wg0"), StringComparison.Ordinal);
    }

    [Fact]
    public void ClearSideMovesAndSocketStays()
    {
        string home = _world.Namespace("private");
        string transport = _world.Namespace("public");
        PSObject tunnel = Assert.Single(_engine.Succeed(
            """
            $key = New-WgKey
            $peer = New-WgKey
            New-WgTunnel wg3 -PrivateKey $key -ListenPort 5803 -PeerPublicKey $peer.PublicKey -Endpoint 10.0.0.2:5801 `
                -TransportNamespace $transport -Namespace $clear -Address 2001:db8:ff::/127, 169.254.1.0/31
            """,
            ("clear", home),
            ("transport", transport)));

        Assert.Equal(home, tunnel.Properties["Namespace"].Value);
        Assert.Equal(transport, tunnel.Properties["TransportNamespace"].Value);
        Assert.Contains("2001:db8:ff::/127", Native.Ip($"-n {home} addr show dev wg3"), StringComparison.Ordinal);
        Assert.Contains("169.254.1.0/31", Native.Ip($"-n {home} addr show dev wg3"), StringComparison.Ordinal);
        Assert.Contains(",UP", Native.Ip($"-n {home} link show dev wg3"), StringComparison.Ordinal);
        Assert.Contains(":5803", Native.Succeed("ip", "netns", "exec", transport, "ss", "-Huln"), StringComparison.Ordinal);
        Assert.DoesNotContain(":5803", Native.Succeed("ip", "netns", "exec", home, "ss", "-Huln"), StringComparison.Ordinal);
        Assert.DoesNotContain("wg", Native.Ip($"-n {transport} -o link").Replace(transport, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void AutoTakesTheKernelsWhereThereIsOne()
    {
        string ns = _world.Namespace("a");
        PSObject tunnel = Assert.Single(_engine.Succeed("New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns", ("ns", ns)));
        Assert.Equal(Backend.IsKernel ? "Kernel" : "Userspace", tunnel.Properties["Backend"].Value.ToString());
        Assert.Equal(Backend.IsKernel, tunnel.Properties["ProcessId"].Value is null);
        if (!Backend.IsKernel)
            _engine.Fail("LinkKindUnsupported", "New-WgTunnel wg1 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns -Backend Kernel");
    }

    /// <summary>Encrypted packets shall not go in fragments: the transport's way to the endpoint says how large the clear ones may be.</summary>
    [Fact]
    public void MtuIsWhatTheWayToTheEndpointCarries()
    {
        string home = _world.Namespace("private");
        string transport = _world.Namespace("public");
        TestWorld.Cable(transport, _world.Namespace("far"));
        Native.Ip($"-n {transport} link set eth0 mtu 1400");
        Native.Ip($"-n {transport} route add 10.8.0.0/16 via 10.0.0.2 mtu 1380");
        Native.Ip($"-n {transport} route add 10.9.0.0/16 via 10.0.0.2 mtu lock 600");
        Native.Ip($"-n {transport} rule add fwmark 51 lookup 100");
        Native.Ip($"-n {transport} route add 10.8.0.0/16 via 10.0.0.2 mtu 1370 table 100");
        _engine.Run("", ("transport", transport), ("clear", home));

        // The veth's own MTU, a route's, that of the route for marked packets; then the least that IPv6 takes, no way there, loopback's 65,536, and what was said.
        Assert.Equal(1320, Mtu("-Endpoint '[fd00::2]:5800'"));
        Assert.Equal(1300, Mtu("-Endpoint 10.8.0.2:5800"));
        Assert.Equal(1290, Mtu("-Endpoint 10.8.0.2:5800 -FirewallMark 51"));
        Assert.Equal(1280, Mtu("-Endpoint 10.9.0.2:5800 -Address 2001:db8:ff::/127"));
        Assert.Equal(1420, Mtu("-Endpoint 192.0.2.1:5800"));
        Assert.Equal(1420, Mtu("-Endpoint 127.0.0.1:5800"));
        Assert.Equal(1400, Mtu("-Endpoint 10.8.0.2:5800 -Mtu 1400"));

        int Mtu(string settings)
        {
            object shown = Assert.Single(_engine.Succeed($"(New-WgTunnel wg0 -PrivateKey (New-WgKey) -PeerPublicKey (New-WgKey).PublicKey {settings} -TransportNamespace $transport -Namespace $clear).Mtu")).BaseObject;
            Assert.Contains($" mtu {shown} ", Native.Ip($"-n {home} -o link show wg0"), StringComparison.Ordinal);
            _engine.Succeed("Remove-WgTunnel wg0 -Namespace $clear -Confirm:$false");
            return (int)shown;
        }
    }

    [Fact]
    public void ANameThatIsTakenInTheTransportIsNoObstacle()
    {
        string home = _world.Namespace("private");
        string transport = _world.Namespace("public");
        Native.Ip($"-n {transport} link add wg0 type bridge");
        _engine.Succeed("New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $transport -Namespace $clear", ("clear", home), ("transport", transport));
        Assert.Contains("wg0", Native.Ip($"-n {home} -o link"), StringComparison.Ordinal);
    }

    [Fact]
    public void WgReadsWhatWeSet()
    {
        string ns = _world.Namespace("a");
        PSObject tunnel = Assert.Single(_engine.Succeed(
            """
            $private = '003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY='
            $shared = New-WgKey -PresharedKey
            $peer = 'gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg='
            New-WgTunnel wg0 -PrivateKey $private -ListenPort 5999 -FirewallMark 51 -PeerPublicKey $peer -PresharedKey $shared `
                -Endpoint '[2001:db8::1]:4000' -AllowedIPs 10.1.0.0/16, 2001:db8:1::/48 -PersistentKeepalive 25 `
                -TransportNamespace $ns -Namespace $ns -Down
            """,
            ("ns", ns)));

        string shown = Backend.Wg(tunnel, "show", "dump");
        string[] device = shown.Split('\n')[0].Split('\t');
        string[] peer = shown.Split('\n')[1].Split('\t');
        Assert.Equal("Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=", device[1]);
        Assert.Equal(["5999", "0x33"], device[2..]);
        Assert.Equal("gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=", peer[0]);
        Assert.Equal(_engine.Succeed("$shared.Reveal()")[0].ToString(), peer[1]);
        Assert.Equal(["[2001:db8::1]:4000", "10.1.0.0/16,2001:db8:1::/48"], peer[2..4]);
        Assert.Equal("25", peer[7]);
        Assert.DoesNotContain(",UP", Native.Ip($"-n {ns} link show dev wg0"), StringComparison.Ordinal);
    }

    [Fact]
    public void WeReadWhatWgSets()
    {
        string ns = _world.Namespace("a");
        PSObject tunnel = Assert.Single(_engine.Succeed("New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns", ("ns", ns)));
        Backend.Wg(tunnel, "set", "listen-port", "6001", "fwmark", "7",
            "peer", "gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=", "endpoint", "192.0.2.7:99", "allowed-ips", "10.2.0.0/24,::/0", "persistent-keepalive", "30");

        PSObject read = Assert.Single(_engine.Succeed("Get-WgTunnel wg0 -Namespace $ns"));
        Assert.Equal((6001, 7u), ((int)read.Properties["ListenPort"].Value, (uint)read.Properties["FirewallMark"].Value));
        PSObject peer = Assert.Single(_engine.Succeed("Get-WgPeer wg0 -Namespace $ns"));
        Assert.Equal("192.0.2.7:99", peer.Properties["Endpoint"].Value.ToString());
        Assert.Equal("10.2.0.0/24 ::/0", _engine.Succeed("\"$((Get-WgPeer wg0 -Namespace $ns).AllowedIPs)\"")[0].ToString());
        Assert.Equal(30, peer.Properties["PersistentKeepalive"].Value);
        Assert.Equal("Never", peer.Properties["State"].Value.ToString());
        Assert.Null(peer.Properties["LatestHandshake"].Value);
    }

    [Fact]
    public void TwoOfOneNameInTwoNamespacesAtOnce()
    {
        string a = _world.Namespace("a");
        string b = _world.Namespace("b");
        Parallel.ForEach([a, b], ns =>
        {
            using var engine = new EngineSession();
            engine.Succeed("New-WgTunnel wg9 -PrivateKey (New-WgKey) -ListenPort 5900 -TransportNamespace $ns -Namespace $ns", ("ns", ns));
        });

        // A session that made neither finds both, each in its own namespace and with its own socket.
        IReadOnlyList<PSObject> found = _engine.Succeed("Get-WgTunnel wg9 -Namespace $a, $b", ("a", a), ("b", b));
        Assert.Equal([a, b], found.Select(tunnel => (string)tunnel.Properties["Namespace"].Value));
        if (!Backend.IsKernel)
            Assert.Equal(2, found.Select(tunnel => (string)tunnel.Properties["UapiSocket"].Value).Distinct().Count());
        Assert.Equal(2, found.Select(tunnel => tunnel.Properties["PublicKey"].Value.ToString()).Distinct().Count());
    }

    [Fact]
    public void ForeignDaemonIsFoundAfterMoveAndRename()
    {
        string ns = _world.Namespace("a");
        string elsewhere = _world.Namespace("b");
        string start = $"wgt{Random.Shared.Next(100_000, 1_000_000)}";

        // It puts itself into the background: the process that made the socket is gone.
        // The daemon looks for the interface by name when it starts: moved before, it would end.
        Native.Succeed("ip", "netns", "exec", ns, "wireguard-go", start);
        Wait.Until(() => UnixSocket.DeviceAnswers(start), "wireguard-go to answer");
        Native.Ip($"-n {ns} link set {start} netns {elsewhere}");
        Native.Ip($"-n {elsewhere} link set {start} name wg77");

        PSObject found = Assert.Single(_engine.Succeed("Get-WgTunnel -Namespace $b", ("b", elsewhere)));
        Assert.Equal("wg77", found.Properties["Name"].Value);
        Assert.Equal(ns, found.Properties["TransportNamespace"].Value);
        Assert.Empty(_engine.Succeed("Get-WgTunnel -Namespace $a", ("a", ns)));
        _engine.Succeed("Get-WgTunnel wg77 -Namespace $b | Remove-WgTunnel");
        Assert.False(File.Exists($"/run/wireguard/{start}.sock"));
        Assert.DoesNotContain("wg77", Native.Ip($"-n {elsewhere} -o link"), StringComparison.Ordinal);
    }

    [Fact]
    public void TunOfAnotherProgramIsNoTunnel()
    {
        string ns = _world.Namespace("a");
        Native.Ip($"-n {ns} tuntap add dev tun5 mode tun");
        Assert.Empty(_engine.Succeed("Get-WgTunnel -Namespace $ns", ("ns", ns)));
        ErrorRecord error = _engine.Fail("TunnelUnreachable", "Get-WgTunnel tun5 -Namespace $ns");
        Assert.Contains("no UAPI socket", error.ToString(), StringComparison.Ordinal);
        _engine.Fail("NotATunnel", "Get-WgTunnel lo -Namespace $ns");
    }

    [Fact]
    public void SetChangesOnlyWhatIsGiven()
    {
        string ns = _world.Namespace("a");
        _engine.Succeed("$t = New-WgTunnel wg0 -PrivateKey (New-WgKey) -ListenPort 6100 -FirewallMark 9 -TransportNamespace $ns -Namespace $ns", ("ns", ns));
        PSObject changed = Assert.Single(_engine.Succeed("$t | Set-WgTunnel -ListenPort 6101 -Mtu 1400 -Down -PassThru"));
        Assert.Equal((6101, 9u, 1400), ((int)changed.Properties["ListenPort"].Value, (uint)changed.Properties["FirewallMark"].Value, (int)changed.Properties["Mtu"].Value));
        Assert.Equal("Down", changed.Properties["State"].Value.ToString());
        Assert.Equal(_engine.Succeed("\"$($t.PublicKey)\"")[0].ToString(), changed.Properties["PublicKey"].Value.ToString());
    }

    [Fact]
    public void PortInUseIsToldBeforeTheOldSocketIsLost()
    {
        string ns = _world.Namespace("a");
        _engine.Succeed(
            """
            $one = New-WgTunnel wg1 -PrivateKey (New-WgKey) -ListenPort 6201 -TransportNamespace $ns -Namespace $ns
            $two = New-WgTunnel wg2 -PrivateKey (New-WgKey) -ListenPort 6202 -TransportNamespace $ns -Namespace $ns
            """,
            ("ns", ns));
        _engine.Fail("PortInUse", "$two | Set-WgTunnel -ListenPort 6201");
        _engine.Fail("PortInUse", "New-WgTunnel wg3 -PrivateKey (New-WgKey) -ListenPort 6201 -TransportNamespace $ns -Namespace $ns");
        string open = Native.Succeed("ip", "netns", "exec", ns, "ss", "-Huln");
        Assert.Contains(":6202", open, StringComparison.Ordinal);
        Assert.Equal(2, _engine.Succeed("Get-WgTunnel -Namespace $ns").Count);
    }

    [Fact]
    public void RemoveLeavesNoDeviceNoProcessNoSocket()
    {
        string ns = _world.Namespace("a");
        PSObject tunnel = Assert.Single(_engine.Succeed("New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns", ("ns", ns)));
        _engine.Succeed("Remove-WgTunnel wg0 -Namespace $ns -WhatIf");
        Assert.Contains("wg0", Native.Ip($"-n {ns} -o link"), StringComparison.Ordinal);
        _engine.Succeed("Get-WgTunnel wg0 -Namespace $ns | Remove-WgTunnel");
        Assert.DoesNotContain("wg0", Native.Ip($"-n {ns} -o link"), StringComparison.Ordinal);
        Assert.Equal(Backend.IsKernel, tunnel.Properties["UapiSocket"].Value is null);
        if (tunnel.Properties["UapiSocket"].Value is string socket)
        {
            Assert.False(File.Exists(socket));
            Assert.False(Directory.Exists($"/proc/{tunnel.Properties["ProcessId"].Value}"));
        }

        _engine.Fail("TunnelNotFound", "Remove-WgTunnel wg0 -Namespace $ns");
    }
}
