using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>What is so with the kernel's own WireGuard alone: devices that are links and nothing else, and a transport that no one can ask for.</summary>
[Trait(Backend.Trait, Backend.Kernel)]
public sealed class KernelTests : IDisposable
{
    private readonly TestWorld _world;
    private readonly EngineSession _engine;

    public KernelTests()
    {
        // First: a test that is skipped is not disposed, and an open session keeps the process alive.
        Backend.RequireKernel();
        _world = new TestWorld();
        _engine = new EngineSession();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void TransportIsTheNamespaceAndNotItsName()
    {
        string home = _world.Namespace("private");
        string transport = _world.Namespace("public");
        string renamed = _world.Name("renamed");
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -ListenPort 5810 -TransportNamespace $transport -Namespace $clear", ("transport", transport), ("clear", home));
        Assert.Equal(transport, Transport(home));
        using (var later = new EngineSession())
            Assert.Equal(transport, later.Succeed("(Get-WgTunnel wg0 -Namespace $clear).TransportNamespace", ("clear", home))[0].ToString());
        Assert.Contains($"alias wireguard transport: {transport} ", Native.Ip($"-n {home} link show wg0"), StringComparison.Ordinal);
        Assert.Equal("", _engine.Succeed("Invoke-NetNamespace $transport { (Get-WgTunnel wg0 -Namespace $clear).TransportNamespace }")[0].ToString());

        File.Create($"/run/netns/{renamed}").Dispose();
        Native.Succeed("mount", "--bind", $"/run/netns/{transport}", $"/run/netns/{renamed}");
        Native.Ip($"netns del {transport}");
        Assert.Equal(renamed, Transport(home));
        _engine.Succeed("Set-WgTunnel wg0 -Namespace $clear -ListenPort 5811");
        Assert.Contains(":5811", Native.Succeed("ip", "netns", "exec", renamed, "ss", "-Huln"), StringComparison.Ordinal);

        // Another namespace of the old name is not the one that the socket is in.
        _world.Namespace("public");
        Assert.Equal(renamed, Transport(home));
    }

    [Fact]
    public void ATransportThatIsGoneIsTold()
    {
        string home = _world.Namespace("private");
        string transport = _world.Namespace("public");
        _engine.Succeed(
            "$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -ListenPort 5810 -PeerPublicKey (New-WgKey).PublicKey -Endpoint 10.0.0.2:5 -Address 10.3.0.0/31 -TransportNamespace $transport -Namespace $clear",
            ("transport", transport),
            ("clear", home));
        Native.Ip($"netns del {transport}");

        // The kernel takes a namespace apart behind our backs.
        Wait.Until(() => _engine.Run("Set-WgTunnel wg0 -Namespace $clear -FirewallMark 1").ErrorIds.Any(), "the namespace to go");
        ErrorRecord error = _engine.Fail("PermissionDenied", "Set-WgTunnel wg0 -Namespace $clear -ListenPort 5811");
        Assert.Contains("namespace in which the device was made", error.ToString(), StringComparison.Ordinal);
        _world.Namespace("public");
        Assert.Null(Transport(home));
        string problem = _engine.Succeed("(Test-WgTunnel wg0 -Namespace $clear -Timeout 50).Problem")[0].ToString();
        Assert.Contains("nothing names it any more", problem, StringComparison.Ordinal);

        // What does not touch the socket still works.
        _engine.Succeed("Set-WgTunnel wg0 -Namespace $clear -Mtu 1300; Get-WgPeer wg0 -Namespace $clear | Set-WgPeer -PersistentKeepalive 7; Remove-WgTunnel wg0 -Namespace $clear");
        Assert.DoesNotContain("wg0", Native.Ip($"-n {home} -o link"), StringComparison.Ordinal);
    }

    [Fact]
    public void ForeignDeviceIsFoundAfterMoveAndRename()
    {
        string ns = _world.Namespace("a");
        string elsewhere = _world.Namespace("b");
        Native.Ip($"-n {ns} link add wg1 type wireguard");
        Backend.WgIn(ns, "set", "wg1", "listen-port", "5820");
        Native.Ip($"-n {ns} link set wg1 netns {elsewhere} name wg77");
        Native.Ip($"-n {elsewhere} link set wg77 up");

        PSObject found = Assert.Single(_engine.Succeed("Get-WgTunnel -Namespace $b", ("b", elsewhere)));
        Assert.Equal(("wg77", 5820, "Kernel"), (found.Properties["Name"].Value, found.Properties["ListenPort"].Value, found.Properties["Backend"].Value.ToString()));
        Assert.Null(found.Properties["PublicKey"].Value);

        // Who made it did not say where, and the kernel does not.
        Assert.Null(found.Properties["TransportNamespace"].Value);
        PSObject changed = Assert.Single(_engine.Succeed("Set-WgTunnel wg77 -Namespace $b -PrivateKey (New-WgKey) -ListenPort 5821 -PassThru"));
        Assert.Equal(5821, changed.Properties["ListenPort"].Value);
        Assert.Contains(":5821", Native.Succeed("ip", "netns", "exec", ns, "ss", "-Huln"), StringComparison.Ordinal);
        _engine.Succeed("Get-WgTunnel wg77 -Namespace $b | Remove-WgTunnel");
        Assert.DoesNotContain("wg77", Native.Ip($"-n {elsewhere} -o link"), StringComparison.Ordinal);
    }

    [Fact]
    public void WireguardGoWorksBesideTheKernels()
    {
        string ns = _world.Namespace("a");
        PSObject tunnel = Assert.Single(_engine.Succeed(
            "$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns; New-WgTunnel wg1 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns -Backend Userspace",
            ("ns", ns)));
        Assert.NotNull(tunnel.Properties["UapiSocket"].Value);
        Assert.Equal(["Kernel", "Userspace"], _engine.Succeed("Get-WgTunnel -Namespace $ns").Select(found => found.Properties["Backend"].Value.ToString()));
        _engine.Succeed("Get-WgTunnel -Namespace $ns | Remove-WgTunnel");
    }

    /// <summary>Since Linux 6.16 the kernel takes one away alone; before, it refuses the attribute, and all that the peer is to have go out anew.</summary>
    [Fact]
    public void ASingleAllowedIPGoesByItselfWhereTheKernelCan()
    {
        Requires.Program("tcpdump");
        bool old = Environment.OSVersion.Version < new Version(6, 16);
        string ns = _world.Namespace("a");
        string key = _engine.Succeed("($key = New-WgKey).PublicKey.Text")[0].ToString();
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -PeerPublicKey $key.PublicKey -AllowedIPs 10.7.0.0/16, 10.8.0.0/16 -TransportNamespace $ns -Namespace $ns", ("ns", ns));
        string file = Path.Combine(_world.Folder, "less.conf"), capture = Path.Combine(_world.Folder, "netlink");
        File.WriteAllText(file, $"[Peer]\nPublicKey = {key}\nAllowedIPs = 10.8.0.0/16\n");

        // A monitor of netlink sees what goes to the kernel from its namespace.
        Native.Ip($"-n {ns} link add nlm type nlmon");
        Native.Ip($"-n {ns} link set nlm up");
        using (Daemon monitor = Daemon.StartIn(ns, "tcpdump", "-Z", "root", "-U", "-npi", "nlm", "-w", capture))
        {
            Wait.Until(() => File.Exists(capture) && new FileInfo(capture).Length >= 24, "tcpdump to listen");
            _engine.Succeed("Import-WgConfig $file -Name wg0 -Namespace $ns -Mode Sync", ("file", file));

            Wait.Until(() => Removed() && (Replaced() || !old), "the change on the wire");
        }

        Assert.Equal(old, Replaced());
        Assert.Contains("allowed ips: 10.8.0.0/16\n", Backend.WgIn(ns, "show", "wg0"), StringComparison.Ordinal);

        // WGALLOWEDIP_A_FLAGS with REMOVE_ME, an attribute that the kernel itself never writes; WGPEER_A_FLAGS with REPLACE_ALLOWEDIPS.
        bool Removed() => Captured([8, 0, 4, 0, 1, 0, 0, 0]);
        bool Replaced() => Captured([8, 0, 3, 0, 2, 0, 0, 0]) || Captured([8, 0, 3, 0, 6, 0, 0, 0]);
        bool Captured(ReadOnlySpan<byte> attribute) => File.ReadAllBytes(capture).AsSpan().IndexOf(attribute) >= 0;
    }

    private string? Transport(string home) => (string?)Assert.Single(_engine.Succeed("Get-WgTunnel wg0 -Namespace $clear", ("clear", home))).Properties["TransportNamespace"].Value;
}
