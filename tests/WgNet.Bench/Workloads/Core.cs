using System.Diagnostics;
using System.Globalization;

namespace WgNet.Bench;

/// <summary>Sides that run in this very process.</summary>
internal static class Core
{
    /// <summary>A side that is code of the core; what it answers is compared with the others' answers.</summary>
    public static Side Side(string name, Func<long> work) => new(name, () =>
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        long result = work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Sample(seconds, GC.GetTotalAllocatedBytes(precise: true) - before, Result: result.ToString(CultureInfo.InvariantCulture));
    });
}
