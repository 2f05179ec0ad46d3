using System.Globalization;

namespace WgNet.Bird;

/// <summary>
/// Makes whole times of BIRD's short ones. A time of day stands for an event of the last 20 hours, a bare date for an older
/// one (BIRD: lib/timer.c, tm_format_time; nest/config.Y's default time formats), both by the daemon's own clock.
/// </summary>
internal sealed class BirdClock(DateTime now)
{
    private static readonly string[] s_timesOfDay = ["HH:mm:ss.FFFFFFF", "HH:mm"];
    private static readonly string[] s_dates = ["yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];

    private byte[] _lastText = [];
    private (string? Text, DateTime? Time) _last;

    /// <summary>The daemon's clock when it was asked.</summary>
    public DateTime Now { get; } = now;

    /// <summary>Null for a form that an operator's own timeformat made and that says no time on its own.</summary>
    public DateTime? Resolve(ReadOnlySpan<char> text)
    {
        if (DateTime.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTime whole))
            return whole;
        if (!TimeOnly.TryParseExact(text, s_timesOfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly timeOfDay))
            return null;

        // The last 20 hours and, since a reply takes a while, the next 4: one of them, never both.
        DateTime time = Now.Date + timeOfDay.ToTimeSpan();
        if (time > Now.AddHours(4))
            return time.AddDays(-1);
        return time <= Now.AddHours(-20) ? time.AddDays(1) : time;
    }

    /// <summary>The same for bytes; neighbouring routes often share one time.</summary>
    public (string? Text, DateTime? Time) Resolve(ReadOnlySpan<byte> bytes)
    {
        if (bytes.SequenceEqual(_lastText))
            return _last;
        _lastText = bytes.ToArray();
        string text = System.Text.Encoding.UTF8.GetString(bytes);
        return _last = (text.Length == 0 ? null : text, Resolve(text.AsSpan()));
    }

    /// <summary>
    /// How exact a time in BIRD's words is: a day for a bare date, a second without a fraction, else what the fraction's digits
    /// say. Null for a form that is no time.
    /// </summary>
    public static TimeSpan? Precision(string? text)
    {
        if (text is null || new BirdClock(DateTime.UnixEpoch).Resolve(text.AsSpan()) is null)
            return null;
        int colons = text.AsSpan().Count(':'), point = text.LastIndexOf('.');
        return (colons, point) switch
        {
            (0, _) => TimeSpan.FromDays(1),
            (1, _) => TimeSpan.FromMinutes(1),
            (_, < 0) => TimeSpan.FromSeconds(1),
            _ => TimeSpan.FromTicks(Math.Max(1, TimeSpan.TicksPerSecond / (long)Math.Pow(10, text.Length - point - 1))),
        };
    }

    /// <summary>Whether a word is a time of day, which closes a time of several words.</summary>
    public static bool IsTimeOfDay(ReadOnlySpan<char> word) =>
        TimeOnly.TryParseExact(word, s_timesOfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
