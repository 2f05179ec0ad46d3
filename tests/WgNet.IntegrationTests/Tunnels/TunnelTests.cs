using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>Making tunnels, with Debian's wg and ip as witnesses.</summary>
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
    public void ClearSideMovesAndSocketStays()
    {
        string home = _world.Namespace("private");
        string transport = _world.Namespace("public");
        PSObject tunnel = Assert.Single(_engine.Succeed(
            """
            $key = New-WgKey
            $peer = New-WgKey
            New-WgTunnel wg3 -PrivateKey $key -ListenPort 5803 -PeerPublicKey $peer.PublicKey -Endpoint 10.0.0.2:5801 `
                -TransportNamespace $transport -Namespace $home1 -Address 2001:db8:ff::/127, 169.254.1.0/31
            """,
            ("home1", home),
            ("transport", transport)));

        Assert.Equal(home, tunnel.Properties["Namespace"].Value);
        Assert.Equal(transport, tunnel.Properties["TransportNamespace"].Value);
        Assert.Contains("2001:db8:ff::/127", Native.Ip($"-n {home} addr show dev wg3"), StringComparison.Ordinal);
        Assert.Contains("169.254.1.0/31", Native.Ip($"-n {home} addr show dev wg3"), StringComparison.Ordinal);
        Assert.Contains(",UP", Native.Ip($"-n {home} link show dev wg3"), StringComparison.Ordinal);
        Assert.Contains(":5803", Native.Succeed("ip", "netns", "exec", transport, "ss", "-Huln"), StringComparison.Ordinal);
        Assert.DoesNotContain(":5803", Native.Succeed("ip", "netns", "exec", home, "ss", "-Huln"), StringComparison.Ordinal);
        Assert.DoesNotContain("wg", Native.Ip($"-n {transport} -o link"), StringComparison.Ordinal);
    }
}
