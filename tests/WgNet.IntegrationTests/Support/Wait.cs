using System.Diagnostics;

namespace WgNet.IntegrationTests.Support;

/// <summary>Waits for what comes in its own time. Limits are generous: they decide about failure, not about speed.</summary>
internal static class Wait
{
    public static void Until(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        TimeSpan most = limit ?? TimeSpan.FromSeconds(30);
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < most, $"Waited {most.TotalSeconds} s in vain for {what}.");
            Thread.Sleep(20);
        }
    }
}
