using System.Diagnostics;
using System.Management.Automation;

namespace WgNet.IntegrationTests.Support;

/// <summary>A script that runs in the background.</summary>
internal sealed class RunningPipeline : IDisposable
{
    private readonly PowerShell _shell;
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly IAsyncResult _running;

    public RunningPipeline(PowerShell shell)
    {
        _shell = shell;
        _running = shell.BeginInvoke<PSObject, PSObject>(null, _output);
    }

    /// <summary>Objects written so far. Copied by index: going through the collection would wait for its end.</summary>
    public IReadOnlyList<PSObject> Output => [.. Enumerable.Range(0, _output.Count).Select(index => _output[index])];

    public bool IsCompleted => _running.IsCompleted;

    /// <summary>Waits until as many objects were written; fails the test when they do not come.</summary>
    public IReadOnlyList<PSObject> WaitForOutput(int count, TimeSpan? limit = null)
    {
        Wait.Until(() => _output.Count >= count || IsCompleted, $"{count} objects from a running pipeline", limit);
        if (_output.Count < count)
            Assert.Fail($"The pipeline ended after {_output.Count} objects: {string.Join('\n', Finish().Errors)}");
        return Output;
    }

    /// <summary>Stops it as Ctrl+C does; fails the test when a user would have lost patience by then, which even a busy machine is not to come to.</summary>
    public void Stop(TimeSpan? limit = null)
    {
        TimeSpan most = Wait.Patience * (limit ?? TimeSpan.FromSeconds(10));
        long start = Stopwatch.GetTimestamp();
        _shell.Stop();
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        Assert.True(took < most, $"Stopping took {took}.");
    }

    /// <summary>Waits for its end.</summary>
    public EngineResult Finish(TimeSpan? limit = null)
    {
        Assert.True(_running.AsyncWaitHandle.WaitOne(Wait.Patience * (limit ?? Wait.Usual)), "The pipeline did not end in time.");
        return EngineSession.Collect(_shell, () => _shell.EndInvoke(_running), () => Output);
    }

    public void Dispose()
    {
        _shell.Dispose();
        _output.Dispose();
    }
}
