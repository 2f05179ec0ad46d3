using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>A tunnel that was not emitted is not there: whenever the user stops, and whatever is refused.</summary>
public sealed class InterruptedTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly string _ns;

    public InterruptedTests()
    {
        _ns = _world.Namespace("a");
        _engine.Run("$key = New-WgKey", ("ns", _ns));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    /// <summary>Whatever moment a delay hits, the promise is the same.</summary>
    [Fact]
    public void StoppedTunnelIsWholeAndEmittedOrNotThere()
    {
        for (int milliseconds = 0; milliseconds < 120; milliseconds += 8)
        {
            using (RunningPipeline running = _engine.Start("New-WgTunnel wg1 -PrivateKey $key -TransportNamespace $ns -Namespace $ns -Address 10.0.0.1/31"))
            {
                Thread.Sleep(milliseconds);
                running.Stop();
            }

            if (Native.Ip($"-n {_ns} -o link").Contains("wg1", StringComparison.Ordinal))
                _engine.Succeed("Get-WgTunnel wg1 -Namespace $ns | Where-Object State -eq Up | Where-Object Address -eq 10.0.0.1/31 | Remove-WgTunnel -Confirm:$false");
            Assert.DoesNotContain("wg", Native.Ip($"-n {_ns} -o link"), StringComparison.Ordinal);
            Assert.Empty(Native.Ip($"netns pids {_ns}").Trim());
        }
    }

    [Fact]
    public void RefusedTunnelKeepsNoDescriptorOfItsNamespace()
    {
        string own = Native.Succeed("ip", "netns", "exec", _ns, "readlink", "/proc/self/ns/net").Trim();
        for (int i = 0; i < 5; i++)
            _engine.Fail("NamespaceNotFound", "New-WgTunnel wg1 -PrivateKey $key -Namespace $ns -TransportNamespace nowhere-at-all");

        // Another test of this process may look into every namespace just now.
        Wait.Until(() => !Array.Exists(Directory.GetFileSystemEntries("/proc/self/fd"), path => new FileInfo(path).LinkTarget == own), "no descriptor to be left");
    }
}
