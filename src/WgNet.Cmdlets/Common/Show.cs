using System.Globalization;
using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>Values as the tables show them; the objects keep the exact ones. The format files call these.</summary>
public static class Show
{
    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>1536 as "1.50 KiB", as wg(8) shows transfer.</summary>
    public static string Bytes(ulong count)
    {
        double value = count;
        int unit = 0;
        while (value >= 1024 && unit < s_units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return value.ToString(unit == 0 ? "0" : value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + s_units[unit];
    }

    /// <summary>"55 s ago", "3 min ago", "2 h ago", "5 d ago"; "never" for null.</summary>
    public static string Age(TimeSpan? age) => age switch
    {
        null => "never",
        { TotalSeconds: < 120 } time => Invariant($"{Math.Floor(time.TotalSeconds):0} s ago"),
        { TotalMinutes: < 120 } time => Invariant($"{Math.Floor(time.TotalMinutes):0} min ago"),
        { TotalHours: < 48 } time => Invariant($"{Math.Floor(time.TotalHours):0} h ago"),
        { } time => Invariant($"{Math.Floor(time.TotalDays):0} d ago"),
    };

    /// <summary>"0.52 ms"; nothing for null.</summary>
    public static string Milliseconds(TimeSpan? time) => time is { } known ? Invariant($"{known.TotalMilliseconds:0.00} ms") : "";

    /// <summary>"2.31 s"; nothing for null.</summary>
    public static string Seconds(TimeSpan? time) => time is { } known ? Invariant($"{known.TotalSeconds:0.00} s") : "";

    /// <summary>A route's ways, one a line, behind what it does when it does not simply lead there. Also of what came from another session.</summary>
    public static string Ways(PSObject route)
    {
        ArgumentNullException.ThrowIfNull(route);
        (object? type, object? ways) = route.BaseObject is NetLinkRoute own ? (own.Type, own.NextHops) : (route.Properties["Type"]?.Value, route.Properties["NextHops"]?.Value);
        string does = $"{type}" is nameof(NetLinkRouteType.Unicast) ? "" : $"{type}".ToLowerInvariant();
        string lines = string.Join('\n', (LanguagePrimitives.GetEnumerable(ways) ?? Array.Empty<object>()).Cast<object>());
        return does.Length > 0 && lines.Length > 0 ? $"{does} {lines}" : does + lines;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
