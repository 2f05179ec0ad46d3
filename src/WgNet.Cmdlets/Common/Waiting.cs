using System.Diagnostics;
using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>Waits for something to come true, with progress once it takes more than two seconds.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);

    /// <summary>Asks again and again until the answer is yes; false after the time limit.</summary>
    /// <param name="cmdlet">Shows the progress.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="activity">What is waited for, as the progress bar says it.</param>
    /// <param name="reached">Asked at once and then ten times a second.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="progress">What the progress bar says of what was reached so far, and how many percent of it; default: the time.</param>
    public static bool Until(Cmdlet cmdlet, TimeSpan limit, string activity, Func<bool> reached, CancellationToken stop, Func<(string Status, int Percent)>? progress = null)
    {
        long start = Stopwatch.GetTimestamp();
        bool shown = false;
        try
        {
            while (!reached())
            {
                TimeSpan spent = Stopwatch.GetElapsedTime(start);
                if (spent >= limit)
                    return false;
                if (spent > s_quiet)
                {
                    shown = true;
                    (string status, int percent) = progress?.Invoke() ?? ($"{spent.TotalSeconds:0} s of {limit.TotalSeconds:0} s", (int)(100 * spent / limit));
                    cmdlet.WriteProgress(new ProgressRecord(1, activity, status)
                    {
                        PercentComplete = percent,
                        SecondsRemaining = (int)(limit - spent).TotalSeconds,
                    });
                }

                stop.WaitHandle.WaitOne(s_pause);
                stop.ThrowIfCancellationRequested();
            }

            return true;
        }
        finally
        {
            if (shown && !stop.IsCancellationRequested)
                cmdlet.WriteProgress(new ProgressRecord(1, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
