using System.Diagnostics;
using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>Shows how far work on a lab is, once it takes more than two seconds.</summary>
internal sealed class LabProgress(Cmdlet cmdlet, string activity, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);
    private readonly long _start = Stopwatch.GetTimestamp();
    private (string What, int Done)? _shown;

    /// <summary>Tells what is being done, and how much of it is done.</summary>
    public void Tell(string what, int done, int count)
    {
        // A pipeline that is being stopped shows nothing any more.
        if (stop.IsCancellationRequested || Stopwatch.GetElapsedTime(_start) < s_quiet || _shown == (what, done))
            return;
        _shown = (what, done);
        cmdlet.WriteProgress(new ProgressRecord(1, activity, count > 1 ? $"{what}: {done} of {count}" : what) { PercentComplete = count > 1 ? Math.Min(100, 100 * done / count) : -1 });
    }

    public void Dispose()
    {
        if (_shown is not null && !stop.IsCancellationRequested)
            cmdlet.WriteProgress(new ProgressRecord(1, activity, "Done") { RecordType = ProgressRecordType.Completed });
    }
}
