namespace WgNet.Bench;

/// <summary>Runs workloads: every side once to warm up, then round by round, the order turned each time.</summary>
internal sealed class Runner(Results results, bool quick, CancellationToken stop)
{
    /// <summary>Runs a workload and adds a line for each peer.</summary>
    public void Run(string group, Workload workload)
    {
        Side[] sides = [workload.Ours, .. workload.Peers];
        string?[] answers = new string?[sides.Length];
        if (!quick || workload.Rounds > 1)
        {
            for (int i = 0; i < sides.Length; i++)
                answers[i] = RunOne(workload, sides[i]).Result;
        }

        List<Sample>[] samples = [.. sides.Select(_ => new List<Sample>())];
        int rounds = quick ? 1 : workload.Rounds;
        for (int round = 0; round < rounds; round++)
        {
            IEnumerable<int> order = Enumerable.Range(0, sides.Length);
            foreach (int i in round % 2 == 0 ? order : order.Reverse())
            {
                Sample sample = RunOne(workload, sides[i]);
                samples[i].Add(sample);
                answers[i] = sample.Result;
            }
        }

        // Whoever answers answers alike, or the comparison means nothing.
        string?[] told = [.. answers.Where(answer => !string.IsNullOrEmpty(answer)).Distinct()];
        if (told.Length > 1)
            throw new BenchException($"{workload.Name}: the sides did not do the same work: {string.Join(", ", sides.Zip(answers, (side, answer) => $"{side.Name}={answer}"))}.");
        IReadOnlyDictionary<string, long>? calls = quick ? null : workload.SystemCalls?.Invoke();
        for (int i = 1; i < sides.Length; i++)
            results.Rows.Add(Line(group, workload, sides[i], samples[0], samples[i], calls));
        if (sides.Length == 1)
            results.Rows.Add(Line(group, workload, new Side("", () => samples[0][0]), samples[0], samples[0], calls));
    }

    /// <summary>Measures a figure.</summary>
    public void Run(string group, Figure figure)
    {
        var values = new List<double>();
        if (!quick)
            figure.Measure();
        for (int round = 0; round < (quick ? 1 : figure.Rounds); round++)
        {
            stop.ThrowIfCancellationRequested();
            values.Add(figure.Measure());
        }

        results.Figures.Add(new FigureRow(group, figure.Name, figure.Unit, Spread.Of(values), figure.Limit));
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

    private static Row Line(string group, Workload workload, Side peer, List<Sample> ours, List<Sample> theirs, IReadOnlyDictionary<string, long>? calls) => new(
        group,
        workload.Name,
        workload.Ours.Name,
        peer.Name,
        Spread.Of(ours.Select(sample => sample.Seconds)),
        Spread.Of(theirs.Select(sample => sample.Seconds)),
        Spread.Of(ours.Zip(theirs, (our, their) => our.Seconds / their.Seconds)),
        peer.Limit)
    {
        AllocatedPerItem = ours[^1].AllocatedBytes is long bytes ? (double)bytes / workload.Items : null,
        OurPeakBytes = ours.Max(sample => sample.PeakBytes),
        PeerPeakBytes = theirs.Max(sample => sample.PeakBytes),
        OurSystemCalls = calls is not null && calls.TryGetValue(workload.Ours.Name, out long our) ? our : null,
        PeerSystemCalls = calls is not null && calls.TryGetValue(peer.Name, out long their) ? their : null,
    };
}

/// <summary>Why the benchmark cannot go on, as a sentence for the user.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
