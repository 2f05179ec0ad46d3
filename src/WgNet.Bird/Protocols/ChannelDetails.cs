using System.Collections.ObjectModel;

namespace WgNet.Bird;

/// <summary>Gathers one channel's lines of <c>show protocols all</c>.</summary>
internal sealed class ChannelDetails(string name)
{
    private static readonly string[] s_limits = ["Receive limit", "Import limit", "Export limit"];

    private readonly List<BirdRouteChanges> _changes = [];
    private string[] _columns = [];

    public DetailTable Details { get; } = new();

    /// <summary>Takes a line of the route change table: its headings, or a row.</summary>
    public bool TryStatistics(string text)
    {
        if (!Detail.TrySplit(text, out string label, out string value))
            return false;
        if (label == "Route change stats")
        {
            _columns = value.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return true;
        }

        if (_columns.Length == 0 || !(label.StartsWith("Import ", StringComparison.Ordinal) || label.StartsWith("Export ", StringComparison.Ordinal)))
            return false;
        string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != _columns.Length || words.Any(word => word != "---" && Detail.Integer(word) is null))
            return false;
        _changes.Add(Row(label, words));
        return true;
    }

    public BirdChannel ToChannel()
    {
        string[] routes = (Details["Routes"] ?? "").Split(',', StringSplitOptions.TrimEntries);
        return new BirdChannel
        {
            Name = name,
            Table = Details["Table"],
            State = Details["State"],
            ImportState = Details["Import state"],
            ExportState = Details["Export state"],
            Imported = Count(routes, "imported"),
            Filtered = Count(routes, "filtered"),
            Exported = Count(routes, "exported"),
            Preferred = Count(routes, "preferred"),
            InputFilter = Details["Input filter"] ?? Details["Import filter"],
            OutputFilter = Details["Output filter"] ?? Details["Export filter"],
            Preference = (int?)Detail.Integer(Details["Preference"]),
            BgpNextHop = Details["BGP Next hop"],
            Limits = [.. s_limits.Select(Limit).OfType<BirdChannelLimit>()],
            RouteChanges = [.. _changes],
            Details = Details.ToDictionary(),
        };
    }

    private BirdRouteChanges Row(string label, string[] words)
    {
        var counters = new OrderedDictionary<string, long?>();
        for (int i = 0; i < words.Length; i++)
            counters.TryAdd(_columns[i], Detail.Integer(words[i]));
        return new BirdRouteChanges
        {
            Name = label,
            Received = counters.GetValueOrDefault("received"),
            Rejected = counters.GetValueOrDefault("rejected"),
            Filtered = counters.GetValueOrDefault("filtered"),
            Ignored = counters.GetValueOrDefault("ignored"),
            Accepted = counters.GetValueOrDefault("accepted"),
            Counters = new ReadOnlyDictionary<string, long?>(counters),
        };
    }

    // "100", or "100 [HIT]"; "Action: block" below it.
    private BirdChannelLimit? Limit(string name)
    {
        var words = new Words(Details[name] ?? "");
        return Detail.Integer(words.Next()) is { } routes
            ? new BirdChannelLimit { Name = name, Routes = routes, Action = Details[$"{name} action"], Reached = words.Rest is "[HIT]" }
            : null;
    }

    // "2 imported, 1 filtered, 0 exported, 1 preferred"
    private static long? Count(string[] parts, string what)
    {
        foreach (string part in parts)
        {
            int blank = part.IndexOf(' ', StringComparison.Ordinal);
            if (blank > 0 && part.AsSpan(blank + 1).SequenceEqual(what))
                return Detail.Integer(part.AsSpan(0, blank));
        }

        return null;
    }
}
