using System.Globalization;
using System.Net;
using System.Text;

namespace WgNet.Bird;

/// <summary>Writes blocks and lines of a configuration, indented, and the values in them.</summary>
internal sealed class ConfigurationWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public static string Word(BirdFamily family) => family == BirdFamily.Ipv4 ? "ipv4" : "ipv6";

    /// <summary>An address, with %interface for a link-local one.</summary>
    public static string Address(string value)
    {
        int percent = value.IndexOf('%', StringComparison.Ordinal);
        string address = percent < 0 ? value : value[..percent];
        if (!IPAddress.TryParse(address, out IPAddress? parsed) || address.Contains('[', StringComparison.Ordinal) || (parsed.GetAddressBytes().Length == 4 && parsed.ToString() != address))
            throw new FaultException("BirdInvalidAddress", FaultKind.InvalidArgument, $"'{value}' is no address.", value);
        return percent < 0 ? address : $"{address}%{BirdSyntax.Symbol(value[(percent + 1)..])}";
    }

    /// <summary>A prefix with its host bits zero, as BIRD wants it.</summary>
    public static string Prefix(string value)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPNetwork.TryParse(value, out IPNetwork network) || !network.BaseAddress.Equals(IPAddress.Parse(value.AsSpan(0, slash))))
        {
            throw new FaultException("BirdInvalidPrefix", FaultKind.InvalidArgument,
                $"'{value}' is no prefix: write one such as 10.0.0.0/24 or 2001:db8::/32, its host bits zero.", value);
        }

        return network.ToString();
    }

    /// <summary>A number within its bounds.</summary>
    public static string Number(long value, long least, long most, string what) => value >= least && value <= most
        ? value.ToString(CultureInfo.InvariantCulture)
        : throw new FaultException("BirdInvalidValue", FaultKind.InvalidArgument, $"{what} is {least} to {most}, not {value}.", value);

    /// <summary>A time in whole seconds.</summary>
    public static string Seconds(TimeSpan value, string what) => value.Ticks % TimeSpan.TicksPerSecond == 0
        ? Number((long)value.TotalSeconds, 0, 65535, what)
        : throw new FaultException("BirdInvalidValue", FaultKind.InvalidArgument, $"{what} is whole seconds, not {value}.", value);

    /// <summary>A time in whole milliseconds, with its unit.</summary>
    public static string Milliseconds(TimeSpan value, string what) => Number((long)value.TotalMilliseconds, 1, 3_600_000, what) + " ms";

    public void Line(string text) => _text.Append(' ', 2 * _depth).Append(text).Append('\n');

    /// <summary>Writes a line where the value is given.</summary>
    public void Option<T>(T? value, Func<T, string> line)
        where T : struct
    {
        if (value is { } given)
            Line(line(given));
    }

    public void Switch(bool on, string line)
    {
        if (on)
            Line(line);
    }

    public void Block(string head, Action body, string end = "}")
    {
        Line(head + " {");
        _depth++;
        body();
        _depth--;
        Line(end);
    }

    public override string ToString() => _text.ToString();
}
