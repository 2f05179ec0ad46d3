using System.Text;

namespace WgNet.Bird;

/// <summary>
/// Reads a next hop: "via IP on IF mpls 100/200 onlink weight 2" or "dev IF ..." (BIRD: nest/rt-show.c, rt_show_rte).
/// Equal lines give the same objects.
/// </summary>
internal sealed class NextHopParser
{
    private readonly TextCache<BirdNextHop[]> _known = new(static lines => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)]);

    /// <summary>Whether a line is a next hop: "via" or "dev" after the indentation.</summary>
    public static bool IsNextHop(ReadOnlySpan<byte> text) => text.StartsWith("\tvia "u8) || text.StartsWith("\tdev "u8);

    /// <summary>The next hops of a route's lines, each closed by a line end.</summary>
    public BirdNextHop[] Get(ReadOnlySpan<byte> lines) => _known.Get(lines);

    private static BirdNextHop Parse(string line)
    {
        string? gateway = null, interfaceName = null;
        int? weight = null;
        bool onLink = false;
        uint[] labels = [];
        var other = new StringBuilder();
        var words = new Words(line);
        while (!words.IsEmpty)
        {
            string word = words.Next().ToString();
            switch (word)
            {
                case "via":
                    gateway = words.Next().ToString();
                    break;
                case "on" or "dev":
                    interfaceName = words.Next().ToString();
                    break;
                case "weight" when Detail.Integer(words.Peek()) is { } value and <= int.MaxValue:
                    weight = (int)value;
                    words.Next();
                    break;
                case "onlink":
                    onLink = true;
                    break;
                case "mpls" when TryLabels(words.Peek(), out uint[] found):
                    labels = found;
                    words.Next();
                    break;
                default:
                    other.Append(other.Length > 0 ? " " : "").Append(word);
                    break;
            }
        }

        return new BirdNextHop
        {
            Gateway = gateway,
            InterfaceName = interfaceName,
            Weight = weight,
            OnLink = onLink,
            MplsLabels = labels,
            Other = Detail.NotEmpty(other.ToString()),
        };
    }

    private static bool TryLabels(ReadOnlySpan<char> word, out uint[] labels)
    {
        var found = new List<uint>();
        foreach (Range part in word.Split('/'))
        {
            if (Detail.Unsigned(word[part]) is not { } label)
            {
                labels = [];
                return false;
            }

            found.Add(label);
        }

        labels = [.. found];
        return true;
    }
}
