using System.Collections.ObjectModel;
using System.Globalization;

namespace WgNet.Bird;

/// <summary>Details by name, in BIRD's order; what comes twice under one name is kept behind the first.</summary>
internal sealed class DetailTable
{
    private readonly OrderedDictionary<string, string> _values = [];

    public void Add(string name, string value)
    {
        if (!_values.TryAdd(name, value))
            _values[name] = _values[name].Length == 0 ? value : $"{_values[name]}; {value}";
    }

    public string? this[string name] => _values.TryGetValue(name, out string? value) ? value : null;

    public IReadOnlyDictionary<string, string> ToDictionary() => new ReadOnlyDictionary<string, string>(_values);
}

/// <summary>BIRD's ways of writing values.</summary>
internal static class Detail
{
    /// <summary>"Name: value" or "Name:"; false for a heading.</summary>
    public static bool TrySplit(string text, out string name, out string value)
    {
        string trimmed = text.Trim();
        int colon = trimmed.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 && trimmed.EndsWith(':'))
            colon = trimmed.Length - 1;
        (name, value) = colon > 0 ? (trimmed[..colon].TrimEnd(), trimmed[(colon + 1)..].Trim()) : (trimmed, "");
        return colon > 0;
    }

    public static int Indentation(string text) => text.Length - text.AsSpan().TrimStart(" \t").Length;

    public static long? Integer(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    public static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    public static uint? Unsigned(ReadOnlySpan<char> text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value : null;

    /// <summary>Seconds with a fraction, as BIRD's %t writes them.</summary>
    public static TimeSpan? Seconds(ReadOnlySpan<char> text) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value < 1e9
            ? TimeSpan.FromSeconds(value)
            : null;

    /// <summary>"4.567/6": what is left of a timer, and the whole; null for one that does not run.</summary>
    public static TimeSpan? Timer(string? text, bool total)
    {
        if (text is null)
            return null;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? Seconds(text) : Seconds(total ? text.AsSpan(slash + 1) : text.AsSpan(0, slash));
    }

    public static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
