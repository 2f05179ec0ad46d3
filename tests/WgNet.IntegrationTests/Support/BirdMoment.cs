using System.Globalization;

namespace WgNet.IntegrationTests.Support;

/// <summary>Since when BIRD has a state. It computes the moment anew from a monotonic clock at each reading: it may differ by a millisecond, and by
/// more on a busy machine. A session that was closed in between is two seconds younger at least.</summary>
internal static class BirdMoment
{
    private const long Inexact = TimeSpan.TicksPerMillisecond * 1500;

    public static void AssertSame(DateTime before, DateTime now) => Assert.InRange((now - before).Ticks, -Inexact, Inexact);

    /// <summary>The same, of ticks as text.</summary>
    public static void AssertSame(string before, string now) =>
        AssertSame(new DateTime(long.Parse(before, CultureInfo.InvariantCulture)), new DateTime(long.Parse(now, CultureInfo.InvariantCulture)));
}
