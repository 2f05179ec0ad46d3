namespace WgNet.Bench;

/// <summary>One run of one side.</summary>
/// <param name="Seconds">How long the work took.</param>
/// <param name="AllocatedBytes">What it allocated in the managed heap; null where that does not apply.</param>
/// <param name="PeakBytes">The peak of resident memory; null where it was not looked at.</param>
/// <param name="Result">What the work answered, to check that both sides did the same.</param>
internal sealed record Sample(double Seconds, long? AllocatedBytes = null, long? PeakBytes = null, string? Result = null);

/// <summary>One of the two, or more, that do the same work.</summary>
internal sealed record Side(string Name, Func<Sample> Run)
{
    /// <summary>Runs before each measured run, outside the clock.</summary>
    public Action? Before { get; init; }

    /// <summary>
    /// How often it runs before the rounds, unmeasured. A session is warm once the runtime has compiled its best of what runs again and again,
    /// which takes several runs; a program is after one.
    /// </summary>
    public int WarmUps { get; init; } = 1;

    /// <summary>Where ours must stay below this ratio to the peer; null for no promise.</summary>
    public double? Limit { get; init; }

    /// <summary>Runs it once more and counts its system calls; null where that cannot be.</summary>
    public Func<long?>? CountCalls { get; init; }
}

/// <summary>A piece of work that we and peers do by turns.</summary>
/// <param name="Name">What is done, with how many.</param>
/// <param name="Items">How many messages, routes, links or objects it is; allocations are told per item.</param>
/// <param name="Ours">Us.</param>
/// <param name="Peers">The others.</param>
internal sealed record Workload(string Name, long Items, Side Ours, params Side[] Peers)
{
    /// <summary>Rounds at most; each runs every side once.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>No further round begins after this time; one is always run.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Us and the others.</summary>
    public IReadOnlyList<Side> Sides { get; } = [Ours, .. Peers];
}

/// <summary>A number that has no peer: a first object's delay, a peak of memory.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Measure">Measures once.</param>
/// <param name="Limit">What it must stay below; null for no promise.</param>
internal sealed record Figure(string Name, string Unit, Func<double> Measure, double? Limit = null)
{
    public int Rounds { get; init; } = 5;
}
