using System.Diagnostics;
using System.Globalization;

namespace WgNet.Bench;

/// <summary>Runs workloads: every side warms up, then round by round, the order turned each time. Tells what it does on standard error.</summary>
internal sealed class Runner(Results results, bool quick, CancellationToken stop)
{
    private const double LongestCounted = 5;

    /// <summary>Runs a workload and adds a line for each peer.</summary>
    public void Run(string group, Workload workload) => RunSteps(group, workload);

    /// <summary>Adds what follows from the workload that ran last: its cost for each item.</summary>
    public void TellEach(string group, string name, long items)
    {
        Row last = results.Rows[^1];
        Spread Each(Spread all) => new(all.Median / items * 1e9, all.Minimum / items * 1e9, all.Maximum / items * 1e9);
        results.Figures.Add(new FigureRow(group, name, "ns", Each(last.OurSeconds), null));
    }

    /// <summary>
    /// Runs workloads of which each needs what the one before left: in every round a side takes all steps in turn. The first step says how
    /// many rounds there are.
    /// </summary>
    public void RunSteps(string group, params Workload[] steps)
    {
        int sides = steps[0].Sides.Count;
        Say($"  {string.Join(", then ", steps.Select(step => step.Name))}");
        var samples = new List<Sample>[steps.Length, sides];
        for (int step = 0; step < steps.Length; step++)
        {
            for (int side = 0; side < sides; side++)
                samples[step, side] = [];
        }

        void RunSide(int side, bool measured)
        {
            for (int step = 0; step < steps.Length; step++)
            {
                Sample sample = RunOne(steps[step], steps[step].Sides[side]);
                if (measured)
                    samples[step, side].Add(sample);
            }
        }

        void Round(int round)
        {
            IEnumerable<int> order = Enumerable.Range(0, sides);
            foreach (int side in round % 2 == 0 ? order : order.Reverse())
                RunSide(side, measured: true);
        }

        for (int side = 0; side < sides && !quick; side++)
        {
            for (int i = 0; i < steps[0].Sides[side].WarmUps; i++)
                RunSide(side, measured: false);
        }

        long start = Stopwatch.GetTimestamp();
        int rounds = 0;
        do
            Round(rounds++);
        while (!quick && rounds < steps[0].Rounds && Stopwatch.GetElapsedTime(start) < steps[0].Cap);

        // Counting slows whom it counts: apart from the timed rounds, and neither what takes long nor steps, of which each would need the others.
        long?[] calls = new long?[sides];
        for (int side = 0; side < sides && !quick && steps.Length == 1; side++)
            calls[side] = samples[0, side][^1].Seconds < LongestCounted ? CountCalls(steps[0].Sides[side]) : null;
        for (int step = 0; step < steps.Length; step++)
        {
            Check(steps[step], [.. Enumerable.Range(0, sides).Select(side => samples[step, side][^1].Result)]);
            for (int side = sides == 1 ? 0 : 1; side < sides; side++)
            {
                Row row = Line(group, steps[step], side, samples[step, 0], samples[step, side], calls);
                results.Rows.Add(row);
                Say(string.Create(CultureInfo.InvariantCulture, $"    {row.Ours} {Report.Time(row.OurSeconds.Median)}{(row.Peer.Length == 0 ? "" : $", {row.Peer} {Report.Time(row.PeerSeconds.Median)}: {row.Ratio.Median:0.00}")} ({rounds} rounds)"));
            }
        }
    }

    /// <summary>Measures a figure.</summary>
    public void Run(string group, Figure figure)
    {
        Say($"  {figure.Name}");
        var values = new List<double>();
        if (!quick && figure.Rounds > 1)
            figure.Measure();
        for (int round = 0; round < (quick ? 1 : figure.Rounds); round++)
        {
            stop.ThrowIfCancellationRequested();
            values.Add(figure.Measure());
        }

        var row = new FigureRow(group, figure.Name, figure.Unit, Spread.Of(values), figure.Limit);
        results.Figures.Add(row);
        Say(string.Create(CultureInfo.InvariantCulture, $"    {row.Value.Median:0.##} {row.Unit}"));
    }

    private static void Say(string text) => Console.Error.WriteLine(text);

    private long? CountCalls(Side side)
    {
        stop.ThrowIfCancellationRequested();
        if (side.CountCalls is null)
            return null;
        side.Before?.Invoke();
        return side.CountCalls();
    }

    private Sample RunOne(Workload workload, Side side)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            side.Before?.Invoke();
            return side.Run();
        }
        catch (Exception caught) when (caught is not (BenchException or OperationCanceledException))
        {
            throw new BenchException($"{workload.Name}, {side.Name}: {caught.Message}", caught);
        }
    }

    // Whoever answers answers alike, or the comparison means nothing.
    private static void Check(Workload workload, string?[] answers)
    {
        if (answers.Where(answer => !string.IsNullOrEmpty(answer)).Distinct().Count() > 1)
            throw new BenchException($"{workload.Name}: the sides did not do the same work: {string.Join(", ", workload.Sides.Zip(answers, (side, answer) => $"{side.Name}={answer}"))}.");
    }

    // A workload without a peer stands beside nobody.
    private static Row Line(string group, Workload workload, int side, List<Sample> ours, List<Sample> theirs, long?[] calls) => new(
        group,
        workload.Name,
        workload.Ours.Name,
        side == 0 ? "" : workload.Sides[side].Name,
        Spread.Of(ours.Select(sample => sample.Seconds)),
        Spread.Of(theirs.Select(sample => sample.Seconds)),
        Spread.Of(ours.Zip(theirs, (our, their) => our.Seconds / their.Seconds)),
        workload.Sides[side].Limit)
    {
        Rounds = ours.Count,
        AllocatedPerItem = ours[^1].AllocatedBytes is long bytes ? (double)bytes / workload.Items : null,
        OurPeakBytes = ours.Max(sample => sample.PeakBytes),
        PeerPeakBytes = side == 0 ? null : theirs.Max(sample => sample.PeakBytes),
        OurSystemCalls = calls[0],
        PeerSystemCalls = side == 0 ? null : calls[side],
    };
}

/// <summary>Why the benchmark cannot go on, as a sentence for the user.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
