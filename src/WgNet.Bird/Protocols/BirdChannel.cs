namespace WgNet;

/// <summary>A protocol's connection to one table (show protocols all; BIRD: nest/proto.c, channel_show_info).</summary>
public sealed class BirdChannel
{
    /// <summary>ipv4, ipv6, ...</summary>
    public required string Name { get; init; }

    public string? Table { get; init; }

    /// <summary>UP, DOWN, START, FLUSHING, ...; null for a pipe, which has none.</summary>
    public string? State { get; init; }

    /// <summary>The state of the way into the table, by BIRD 3 alone: UP, DOWN, ...</summary>
    public string? ImportState { get; init; }

    /// <summary>The state of the way out of the table, by BIRD 3 alone: READY, DOWN, ...</summary>
    public string? ExportState { get; init; }

    /// <summary>Routes taken from the protocol into the table.</summary>
    public long? Imported { get; init; }

    /// <summary>Routes refused by the input filter and kept (import keep filtered).</summary>
    public long? Filtered { get; init; }

    /// <summary>Routes given from the table to the protocol.</summary>
    public long? Exported { get; init; }

    /// <summary>Imported routes that are the best of their network.</summary>
    public long? Preferred { get; init; }

    /// <summary>The filter's name, ACCEPT, REJECT, or "(unnamed)".</summary>
    public string? InputFilter { get; init; }

    public string? OutputFilter { get; init; }

    public int? Preference { get; init; }

    /// <summary>The next hop that this side announces on a BGP channel; two addresses where a link-local one goes along.</summary>
    public string? BgpNextHop { get; init; }

    /// <summary>How many routes the channel may take or give, and what happens beyond that.</summary>
    public BirdChannelLimit[] Limits { get; init; } = [];

    /// <summary>Counts of updates and withdrawals, in BIRD's order.</summary>
    public BirdRouteChanges[] RouteChanges { get; init; } = [];

    /// <summary>Every detail by the name that BIRD gives it, those above included.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public override string ToString() => Imported is null && Exported is null
        ? $"{Name}: {Table} {State}".TrimEnd()
        : $"{Name}: {Table}, {Imported ?? 0} imported, {Exported ?? 0} exported";
}

/// <summary>A limit on a channel's routes (BIRD: nest/proto.c, channel_show_limit).</summary>
public sealed class BirdChannelLimit
{
    /// <summary>"Receive limit" (before the filter), "Import limit" or "Export limit".</summary>
    public required string Name { get; init; }

    public required long Routes { get; init; }

    /// <summary>What BIRD does beyond it: warn, block, restart or disable.</summary>
    public string? Action { get; init; }

    /// <summary>Whether it is reached now ("[HIT]").</summary>
    public bool Reached { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Routes}, {Action}{(Reached ? ", reached" : "")}";
}

/// <summary>One row of a channel's route change statistics; null where BIRD counts nothing ("---").</summary>
public sealed class BirdRouteChanges
{
    /// <summary>"Import updates", "Import withdraws", "Export updates" or "Export withdraws".</summary>
    public required string Name { get; init; }

    public long? Received { get; init; }

    public long? Rejected { get; init; }

    public long? Filtered { get; init; }

    public long? Ignored { get; init; }

    public long? Accepted { get; init; }

    /// <summary>Every column of the row by its heading, newer BIRDs' included.</summary>
    public IReadOnlyDictionary<string, long?> Counters { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, long?>.Empty;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Accepted ?? 0} of {Received ?? 0}";
}
