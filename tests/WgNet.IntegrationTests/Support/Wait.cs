using System.Diagnostics;
using System.Globalization;

namespace WgNet.IntegrationTests.Support;

/// <summary>Waits for what comes in its own time. Limits are generous: they decide about failure, not about speed.</summary>
internal static class Wait
{
    /// <summary>By how much limits are stretched: WGNET_TEST_PATIENCE. An emulated machine that others slow down needs it.</summary>
    public static double Patience { get; } = double.TryParse(Environment.GetEnvironmentVariable("WGNET_TEST_PATIENCE"), CultureInfo.InvariantCulture, out double factor) ? factor : 1;

    /// <summary>The limit where a test has none of its own.</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromMinutes(1);

    public static void Until(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        TimeSpan most = Patience * (limit ?? Usual);
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < most, $"Waited {most.TotalSeconds} s in vain for {what}.");
            Thread.Sleep(20);
        }
    }
}
