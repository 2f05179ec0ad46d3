using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WgNet.Bench;

/// <summary>The results as a table for people and as JSON for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes DATE.md and DATE.json; the Markdown's path.</summary>
    public static string Write(Results results, string folder)
    {
        Directory.CreateDirectory(folder);
        string name = results.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string path = Path.Combine(folder, name + ".md");
        File.WriteAllText(path, Markdown(results));
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(results, s_json) + "\n");
        return path;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Results Read(string path) => JsonSerializer.Deserialize<Results>(File.ReadAllText(path), s_json) ?? throw new BenchException($"{path} holds no result.");

    public static string Markdown(Results results)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Benchmark of {results.Time:yyyy-MM-dd}\n\n{results.Machine}\n\n");
        text.AppendJoin(", ", results.Versions.Select(pair => $"{pair.Key} {pair.Value}")).Append(".\n");
        if (results.Quick)
            text.Append("\nA quick run of small sizes: it shows that everything runs, and nothing else.\n");
        text.Append("\nTimes are medians of several rounds in which all sides ran by turns. The ratio is our time to the peer's, round by round: below 1 we are faster. ");
        text.Append("System calls are those of strace -c in a run of its own that is not timed: of a program all from its start, of a session or the core those of the work alone.\n");
        foreach (IGrouping<string, Row> group in results.Rows.GroupBy(row => row.Group))
            Table(text, group.Key, [.. group], [.. results.Figures.Where(figure => figure.Group == group.Key)]);
        foreach (IGrouping<string, FigureRow> group in results.Figures.GroupBy(figure => figure.Group).Where(group => !results.Rows.Exists(row => row.Group == group.Key)))
            Table(text, group.Key, [], [.. group]);
        foreach (string skipped in results.Skipped)
            text.Append(CultureInfo.InvariantCulture, $"\nNot run: {skipped}\n");
        return text.ToString();
    }

    /// <summary>A time as people read it.</summary>
    public static string Time(double seconds) => seconds switch
    {
        < 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0.0} µs"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s"),
    };

    private static void Table(StringBuilder text, string group, Row[] rows, FigureRow[] figures)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {group}\n\n");
        if (rows.Length > 0)
        {
            text.Append("| workload | rounds | ours | peer | ratio (min – max) | wanted | bytes allocated an item | system calls, ours : peer's | peak memory, ours : peer's |\n|---|---|---|---|---|---|---|---|---|\n");
            foreach (Row row in rows)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {Cell(row.Workload)} | {row.Rounds} | {Cell(row.Ours)} {Time(row.OurSeconds.Median)} | {(row.Peer.Length == 0 ? "" : $"{Cell(row.Peer)} {Time(row.PeerSeconds.Median)}")} | {Ratio(row)} | {Wanted(row.Limit, row.Kept)} ");
                text.Append(CultureInfo.InvariantCulture, $"| {row.AllocatedPerItem:0} | {Pair(row.OurSystemCalls, row.PeerSystemCalls)} | {Pair(Mebibytes(row.OurPeakBytes), Mebibytes(row.PeerPeakBytes))} |\n");
            }
        }

        if (figures.Length > 0)
        {
            text.Append("\n| figure | median (min – max) | wanted |\n|---|---|---|\n");
            foreach (FigureRow figure in figures)
                text.Append(CultureInfo.InvariantCulture, $"| {Cell(figure.Name)} | {figure.Value.Median:0.##} {figure.Unit} ({figure.Value.Minimum:0.##} – {figure.Value.Maximum:0.##}) | {Wanted(figure.Limit, figure.Kept)} |\n");
        }
    }

    /// <summary>A text that may stand in a table's cell.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The ratio with its range.</summary>
    public static string Ratio(Row row) => row.Peer.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"**{row.Ratio.Median:0.00}** ({row.Ratio.Minimum:0.00} – {row.Ratio.Maximum:0.00})");

    /// <summary>What was promised, and whether it is so.</summary>
    public static string Wanted(double? limit, bool? kept) => limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $"≤ {limit:0.###}: {(kept == true ? "yes" : "**no**")}");

    private static string? Mebibytes(long? bytes) => bytes is null ? null : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MiB");

    private static string Pair(object? ours, object? theirs) => ours is null && theirs is null ? "" : theirs is null ? $"{ours}" : $"{ours ?? "?"} : {theirs}";
}
