using System.Globalization;

namespace WgNet.Bird;

/// <summary>What <c>show memory</c> answers.</summary>
public static class MemoryQueries
{
    private static readonly string[] s_units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>What the daemon uses memory for, in its order.</summary>
    public static IEnumerable<BirdMemory> Memory(this BirdClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Parse(client.Run("show memory"), client.ControlSocket, client.Unknown);
    }

    internal static IEnumerable<BirdMemory> Parse(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown)
    {
        foreach (BirdReplyLine line in lines)
        {
            string text = line.Text.Trim();
            if (Detail.TrySplit(text, out string name, out string value))
                yield return Row(name, value, controlSocket);
            else if (text.Length > 0 && text != "BIRD memory usage" && !text.StartsWith("Effective ", StringComparison.Ordinal))
                unknown(line.Text);
        }
    }

    // "95.1 kB     32.7 kB", "8082.0  B", or a bare count.
    private static BirdMemory Row(string name, string value, string controlSocket)
    {
        var words = new Words(value);
        return new BirdMemory { Name = name, Effective = Size(ref words), Overhead = Size(ref words), Text = value, ControlSocket = controlSocket };
    }

    private static long? Size(ref Words words)
    {
        ReadOnlySpan<char> number = words.Next();
        int unit = Array.IndexOf(s_units, words.Next().ToString());
        return unit >= 0 && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count) && count < 1e6
            ? (long)(count * Math.Pow(1024, unit))
            : null;
    }
}
