using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>Bad input has its own error, and changes nothing: no device, no process, no socket file.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly string _ns;

    public BadInputTests()
    {
        _ns = _world.Namespace("a");
        _engine.Run("$private = New-WgKey; $peer = (New-WgKey).PublicKey", ("ns", _ns));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData("InvalidKey", "wg1 -PrivateKey '003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkR='")]
    [InlineData("InvalidKey", "wg1 -PrivateKey '003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRZ='")]
    [InlineData("InvalidLinkName", "a234567890123456 -PrivateKey $private")]
    [InlineData("InvalidLinkName", "a/b -PrivateKey $private")]
    [InlineData("InvalidPort", "wg1 -PrivateKey $private -ListenPort 70000")]
    [InlineData("InvalidPort", "wg1 -PrivateKey $private -ListenPort -1")]
    [InlineData("InvalidEndpoint", "wg1 -PrivateKey $private -PeerPublicKey $peer -Endpoint 192.0.2.1")]
    [InlineData("InvalidEndpoint", "wg1 -PrivateKey $private -PeerPublicKey $peer -Endpoint '192.0.2.1:70000'")]
    [InlineData("InvalidAllowedIP", "wg1 -PrivateKey $private -PeerPublicKey $peer -AllowedIPs 10.0.0.0/33")]
    [InlineData("InvalidAllowedIP", "wg1 -PrivateKey $private -PeerPublicKey $peer -AllowedIPs 10.0.0/8")]
    [InlineData("InvalidAddress", "wg1 -PrivateKey $private -Address 10.0.0.1/99")]
    [InlineData("InvalidKeepalive", "wg1 -PrivateKey $private -PeerPublicKey $peer -PersistentKeepalive 70000")]
    [InlineData("PeerPublicKeyMissing", "wg1 -PrivateKey $private -Endpoint 192.0.2.1:1")]
    [InlineData("KeyAndPath", "wg1 -PrivateKey $private -PrivateKeyPath /dev/null")]
    public void NewTunnelRefuses(string errorId, string arguments)
    {
        AssertNothingChanges(() => _engine.Fail(errorId, $"New-WgTunnel {arguments} -TransportNamespace $ns -Namespace $ns"));
    }

    [Theory]
    [InlineData("NamespaceNotFound", "-Namespace nowhere-at-all -TransportNamespace $ns")]
    [InlineData("NamespaceNotFound", "-Namespace $ns -TransportNamespace nowhere-at-all")]
    [InlineData("InvalidNamespaceName", "-Namespace pid:x -TransportNamespace $ns")]
    public void NewTunnelRefusesNamespace(string errorId, string arguments)
    {
        AssertNothingChanges(() => _engine.Fail(errorId, $"New-WgTunnel wg1 -PrivateKey $private {arguments}"));
    }

    [Fact]
    public void ExistingNameIsRefused()
    {
        Native.Ip($"-n {_ns} link add wg1 type bridge");
        AssertNothingChanges(() => _engine.Fail("TunnelExists", "New-WgTunnel wg1 -PrivateKey $private -TransportNamespace $ns -Namespace $ns"));
    }

    /// <summary>The kernel refuses a multicast address only once the device is there, configured and moved.</summary>
    [Fact]
    public void FailureHalfWayLeavesNothing()
    {
        string home = _world.Namespace("b");
        AssertNothingChanges(() => _engine.Fail(
            "EADDRNOTAVAIL",
            "New-WgTunnel wg1 -PrivateKey $private -TransportNamespace $ns -Namespace $clear -Address 10.0.0.1/24, ff02::1/64",
            ("clear", home)));
        Assert.DoesNotContain("wg1", Native.Ip($"-n {home} -o link"), StringComparison.Ordinal);
    }

    [Fact]
    public void OneBadItemDoesNotStopTheOthers()
    {
        EngineResult result = _engine.Run(
            """
            [pscustomobject] @{ Name = 'wg1'; ListenPort = 6301 }, [pscustomobject] @{ Name = 'wg2'; ListenPort = 99999 }, [pscustomobject] @{ Name = 'wg3'; ListenPort = 6303 } |
                New-WgTunnel -PrivateKey $private -TransportNamespace $ns -Namespace $ns
            """);
        Assert.Equal(["wg1", "wg3"], result.Output.Select(tunnel => tunnel.Properties["Name"].Value));
        Assert.Equal(["InvalidPort"], result.ErrorIds);
    }

    [Fact]
    public void WhatIfChangesNothing()
    {
        AssertNothingChanges(() => Assert.Empty(_engine.Succeed("New-WgTunnel wg1 -PrivateKey $private -TransportNamespace $ns -Namespace $ns -WhatIf")));
    }

    private void AssertNothingChanges(Action attempt)
    {
        string before = State();
        attempt();
        Assert.Equal(before, State());
    }

    // Other tests make tunnels meanwhile: only this test's namespace and the processes in it count.
    private string State() => Native.Ip($"-n {_ns} -o link") + Native.Ip($"netns pids {_ns}");
}
