using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>
/// What is opened and closed again many times leaves descriptors, threads and memory where they were. WGNET_TEST_SCALE=full does all of it
/// 1,024 times.
/// </summary>
[Collection(nameof(ProcessWide))]
public sealed class OpenCloseTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public OpenCloseTests() => _engine.Succeed(
        "$key = New-WgKey; $null = New-WgTunnel wg0 -PrivateKey $key -PeerPublicKey (New-WgKey).PublicKey -TransportNamespace $ns -Namespace $ns",
        ("ns", _world.Namespace("a")),
        ("name", _world.Name("b")));

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData(100, "$null = Get-WgTunnel -Namespace $ns; $null = Get-WgPeer wg0 -Namespace $ns")]
    [InlineData(100, "Set-WgTunnel wg0 -Namespace $ns -FirewallMark 7")]
    [InlineData(100, "$null = New-NetNamespace $name; Remove-NetNamespace $name -Confirm:$false")]
    [InlineData(20, "$null = New-WgTunnel wg1 -PrivateKey $key -TransportNamespace $ns -Namespace $ns; Remove-WgTunnel wg1 -Namespace $ns -Confirm:$false")]
    public void NothingIsLeft(int times, string script) =>
        AssertSteady(TestScale.IsFull ? 1024 : times, count => _engine.Succeed($"foreach ($i in 1..{count}) {{ {script} }}"));

    [Theory]
    [InlineData("Watch-WgPeer -Namespace $ns")]
    [InlineData("Watch-NetLink -Namespace $ns")]
    public void NothingIsLeftOfWatches(string script) => AssertSteady(
        TestScale.IsFull ? 1024 : 20,
        count =>
        {
            for (int i = 0; i < count; i++)
            {
                using RunningPipeline watch = _engine.Start(script);
                watch.Stop();
            }
        });

    // Alone in its process, as the collection says. Threads of pools come and go in their own time; one for each round would be more than a few.
    private static void AssertSteady(int times, Action<int> work)
    {
        work(times / 2);
        (int descriptors, int threads, long memory) = Now();
        work(times);
        (int Descriptors, int Threads, long Memory) after = default;
        for (int attempt = 0; attempt < 150; attempt++)
        {
            after = Now();
            if (after.Descriptors <= descriptors + 3 && after.Threads <= threads + 12)
                break;
            Thread.Sleep(200);
        }

        Assert.InRange(after.Descriptors, 0, descriptors + 3);
        Assert.InRange(after.Threads, 0, threads + 12);
        Assert.InRange(after.Memory - memory, long.MinValue, 4 << 20);
    }

    private static (int Descriptors, int Threads, long Memory) Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // Of assemblies the runtime keeps the files open, and loads some late.
        int descriptors = Directory.GetFileSystemEntries("/proc/self/fd").Count(path => new FileInfo(path).LinkTarget is { } target && !target.EndsWith(".dll", StringComparison.Ordinal));
        return (descriptors, Directory.GetDirectories("/proc/self/task").Length, GC.GetTotalMemory(forceFullCollection: true));
    }
}
