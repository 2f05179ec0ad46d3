namespace WgNet.Bench;

/// <summary>Median, smallest and largest of several runs.</summary>
internal readonly record struct Spread(double Median, double Minimum, double Maximum)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}

/// <summary>A line of the table: us beside one peer. Times are seconds; ratios are ours to the peer's, round by round.</summary>
internal sealed record Row(string Group, string Workload, string Ours, string Peer, Spread OurSeconds, Spread PeerSeconds, Spread Ratio, double? Limit)
{
    /// <summary>How many rounds were measured.</summary>
    public int Rounds { get; init; }

    /// <summary>Bytes that our side allocated for an item.</summary>
    public double? AllocatedPerItem { get; init; }

    public long? OurSystemCalls { get; init; }

    public long? PeerSystemCalls { get; init; }

    public long? OurPeakBytes { get; init; }

    public long? PeerPeakBytes { get; init; }

    /// <summary>Whether the promise is kept; null where none was made.</summary>
    public bool? Kept => Limit is double limit ? Ratio.Median <= limit : null;
}

/// <summary>A figure's line.</summary>
internal sealed record FigureRow(string Group, string Name, string Unit, Spread Value, double? Limit)
{
    public bool? Kept => Limit is double limit ? Value.Median <= limit : null;
}

/// <summary>What a run of the benchmark found, and on what.</summary>
internal sealed record Results(DateTimeOffset Time, bool Quick, string Machine, IReadOnlyDictionary<string, string> Versions)
{
    public List<Row> Rows { get; init; } = [];

    public List<FigureRow> Figures { get; init; } = [];

    /// <summary>Groups that could not run, and why.</summary>
    public List<string> Skipped { get; init; } = [];
}
