using CsCheck;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

public sealed class BirdClockTests
{
    private static readonly DateTime s_now = new(2026, 11, 22, 1, 30, 0, DateTimeKind.Local);

    [Theory]
    [InlineData("01:29:59.999", "2026-11-22 01:29:59.999")]
    [InlineData("01:30:00.500", "2026-11-22 01:30:00.500")] // happened while the reply was on its way
    [InlineData("23:59:59", "2026-11-21 23:59:59")]
    [InlineData("05:30:00.001", "2026-11-21 05:30:00.001")] // BIRD writes the date after 20 hours
    [InlineData("2026-11-20", "2026-11-20 00:00:00")]
    [InlineData("2026-11-20 12:13:14.567", "2026-11-20 12:13:14.567")]
    [InlineData("2026-11-20 12:13:14.567890", "2026-11-20 12:13:14.567890")]
    public void Short_times_are_of_the_last_20_hours(string text, string expected)
    {
        DateTime? time = new BirdClock(s_now).Resolve(text.AsSpan());
        Assert.Equal(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time);
        Assert.Equal(DateTimeKind.Local, time!.Value.Kind);
    }

    [Fact]
    public void Just_before_midnight_a_time_of_the_next_minutes_is_tomorrows() =>
        Assert.Equal(new DateTime(2026, 11, 23, 0, 0, 1), new BirdClock(new DateTime(2026, 11, 22, 23, 59, 59)).Resolve("00:00:01".AsSpan()));

    [Theory]
    [InlineData("22.11.2026")]
    [InlineData("Nov22")]
    [InlineData("25:00:00")]
    [InlineData("")]
    public void A_form_of_an_operators_own_is_no_time(string text) => Assert.Null(new BirdClock(s_now).Resolve(text.AsSpan()));

    [Theory]
    [InlineData("2026-11-22 14:00:00.123", 0.001)]
    [InlineData("14:00:00.123456", 0.000001)]
    [InlineData("14:00:00", 1.0)]
    [InlineData("2026-11-20", 86400.0)]
    [InlineData("Nov22", null)]
    [InlineData(null, null)]
    public void A_time_knows_how_exact_it_is(string? text, double? seconds) =>
        Assert.Equal(seconds, BirdClock.Precision(text)?.TotalSeconds);

    [Fact]
    public void Every_time_of_day_lands_in_the_day_around_now() => Gen.Int[0, 86_399_999].Sample(milliseconds =>
    {
        string text = TimeOnly.MinValue.Add(TimeSpan.FromMilliseconds(milliseconds)).ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
        DateTime time = new BirdClock(s_now).Resolve(text.AsSpan())!.Value;
        Assert.InRange(time, s_now.AddHours(-20), s_now.AddHours(4));
        Assert.Equal(milliseconds, (int)time.TimeOfDay.TotalMilliseconds);
    });
}
