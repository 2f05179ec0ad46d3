using System.Globalization;
using System.Text;

namespace WgNet.Bench;

/// <summary>The README's table: what was promised, and what a result says of it. It stands between two marks and is made from a result's file.</summary>
internal static class Readme
{
    private const string Begin = "<!-- benchmark: made by build.ps1 Bench -->", End = "<!-- /benchmark -->";

    /// <summary>Puts a result's table into the README; false where it stood there already.</summary>
    public static bool Update(string path, Results results)
    {
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new BenchException($"{path} has no marks '{Begin}' and '{End}'.");
        string updated = string.Concat(text.AsSpan(0, begin + Begin.Length), "\n", Table(results), text.AsSpan(end));
        if (updated == text)
            return false;
        File.WriteAllText(path, updated);
        return true;
    }

    private static string Table(Results results)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Measured on {results.Time:yyyy-MM-dd}, {results.Machine} The ratio is our time to the peer's in the same round, median (smallest – largest); ");
        text.Append(CultureInfo.InvariantCulture, $"[all workloads](tests/WgNet.Bench/results/{results.Time:yyyy-MM-dd}.md).\n\n| work | ours | peer | ratio | wanted |\n|---|---|---|---|---|\n");
        foreach (Row row in results.Rows.Where(row => row.Limit is not null))
            text.Append(CultureInfo.InvariantCulture, $"| {Report.Cell(row.Workload)} | {Report.Cell(row.Ours)} {Report.Time(row.OurSeconds.Median)} | {Report.Cell(row.Peer)} {Report.Time(row.PeerSeconds.Median)} | {Report.Ratio(row)} | {Report.Wanted(row.Limit, row.Kept)} |\n");
        foreach (FigureRow figure in results.Figures.Where(figure => figure.Limit is not null))
            text.Append(CultureInfo.InvariantCulture, $"| {Report.Cell(figure.Name)} | {figure.Value.Median:0.##} {figure.Unit} | | | {Report.Wanted(figure.Limit, figure.Kept)} |\n");
        return text.ToString();
    }
}
