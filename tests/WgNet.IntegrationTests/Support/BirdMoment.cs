using System.Globalization;

namespace WgNet.IntegrationTests.Support;

/// <summary>Since when BIRD has a state. It computes the moment anew from a monotonic clock at each reading: it may differ by a millisecond, and by
/// more on a busy machine. A session that was closed in between is seconds younger.</summary>
internal static class BirdMoment
{
    private const long Inexact = TimeSpan.TicksPerMillisecond * 500;

    /// <summary>Fails the test unless both are the same moment, in ticks.</summary>
    public static void AssertSame(string before, string now) =>
        Assert.InRange(long.Parse(now, CultureInfo.InvariantCulture) - long.Parse(before, CultureInfo.InvariantCulture), -Inexact, Inexact);
}
