using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>A user without rights, in a namespace with a tunnel: each refusal is one PermissionDenied error, never an empty answer.</summary>
public sealed class OrdinaryUserTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly OrdinaryUser _user = new();

    public void Dispose()
    {
        _user.Dispose();
        _engine.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData("Get-WgTunnel")]
    [InlineData("Get-WgTunnel wg0")]
    [InlineData("Get-WgPeer")]
    [InlineData("Remove-WgTunnel wg0")]
    [InlineData("New-WgTunnel wg1 -PrivateKey (New-WgKey) -Backend Userspace")]
    public void RefusalIsOneErrorThatSaysSo(string command)
    {
        string ns = _world.Namespace("a");
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns -Backend Userspace", ("ns", ns));

        Assert.Equal("PermissionDenied", _user.Run(ns, $"$e = @({command} 2>&1); $e.ForEach({{ \"$($_.CategoryInfo.Category)\" }})"));
    }
}
