using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>A machine without wireguard-go is told what to install.</summary>
[Collection(nameof(ProcessWide))]
public sealed class MissingProgramTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void NoWireguardGoSaysWhatToInstall()
    {
        string ns = _world.Namespace("a");
        string? path = Environment.GetEnvironmentVariable("PATH");
        ErrorRecord error;
        try
        {
            Environment.SetEnvironmentVariable("PATH", "/nowhere");
            error = _engine.Fail("WireGuardGoNotFound", "New-WgTunnel wg1 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns -Backend Userspace", ("ns", ns));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }

        Assert.Contains("apt-get install", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
        Assert.DoesNotContain("wg1", Native.Ip($"-n {ns} -o link"), StringComparison.Ordinal);
    }
}
