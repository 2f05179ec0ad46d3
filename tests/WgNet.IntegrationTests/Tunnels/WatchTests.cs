using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>Watch-WgPeer on two real devices.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void WhatHappensToTunnelsAndPeersIsTold()
    {
        string a = _world.Namespace("a");
        string b = _world.Namespace("b");
        string c = _world.Namespace("c");
        TestWorld.Cable(a, b);
        _engine.Succeed(
            """
            $ka = New-WgKey; $kb = New-WgKey
            $null = New-WgTunnel wg1 -PrivateKey $ka -ListenPort 5801 -TransportNamespace $a -Namespace $a -Address 169.254.1.0/31
            $null = New-WgTunnel wg1 -PrivateKey $kb -ListenPort 5802 -PeerPublicKey $ka.PublicKey -TransportNamespace $b -Namespace $b -Address 169.254.1.1/31
            """,
            ("a", a), ("b", b), ("c", c));
        using var watcher = new EngineSession();
        using RunningPipeline watch = watcher.Start("Watch-WgPeer -Namespace $a, $c -Interval 20", ("a", a), ("c", c));

        // Peers come until it tells: the first may come before its first look.
        Wait.Until(
            () =>
            {
                _engine.Succeed("$x = (New-WgKey).PublicKey; Add-WgPeer wg1 $x -Namespace $a; Remove-WgPeer wg1 $x -Namespace $a -Confirm:$false");
                return watch.Output.Count > 0;
            },
            "the first event");
        _engine.Succeed("Add-WgPeer wg1 $kb.PublicKey -Namespace $a -AllowedIPs 0.0.0.0/0 -Endpoint '[fd00::2]:5802' -PersistentKeepalive 1");
        Told(watch, "Handshake");
        Told(watch, "PeerAdded");
        _engine.Succeed("Set-WgPeer wg1 $kb.PublicKey -Namespace $a -Endpoint '[fd00::3]:5802'");
        PSObject roamed = Told(watch, "EndpointChanged");
        Assert.Equal("[fd00::2]:5802", roamed.Properties["Before"].Value);
        _engine.Succeed("Remove-WgPeer wg1 $kb.PublicKey -Namespace $a -Confirm:$false");
        Wait.Until(() => watch.Output.Any(one => Kind(one) == "PeerRemoved" && Equals(one.Properties["PublicKey"].Value, roamed.Properties["PublicKey"].Value)), "the peer's removal");
        _engine.Succeed("Set-WgTunnel wg1 -Namespace $a -Down");
        Told(watch, "TunnelDown");
        _engine.Succeed("Move-NetLinkToNamespace wg1 -SourceNamespace $a -Namespace $c -NewName wg7");
        PSObject moved = Told(watch, "TunnelMoved");
        Assert.EndsWith("/wg7", (string)moved.Properties["After"].Value, StringComparison.Ordinal);
        _engine.Succeed("Remove-WgTunnel wg7 -Namespace $c -Confirm:$false");
        Told(watch, "TunnelRemoved");
        watch.Stop();
    }

    [Fact]
    public void ANamespaceThatIsNotThereIsToldAndNotWatched() =>
        _engine.Fail("NamespaceNotFound", "Watch-WgPeer -Namespace no-such-namespace");

    private static PSObject Told(RunningPipeline watch, string kind)
    {
        Wait.Until(() => watch.Output.Any(one => Kind(one) == kind), $"an event of kind {kind}");
        return watch.Output.First(one => Kind(one) == kind);
    }

    private static string Kind(PSObject one) => one.Properties["Kind"].Value.ToString()!;
}
