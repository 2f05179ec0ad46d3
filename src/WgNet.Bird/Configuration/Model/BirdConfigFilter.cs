namespace WgNet.Bird;

/// <summary>
/// Which routes a channel lets through: all, none, those that conditions choose, or what a filter of the operator's own says.
/// </summary>
public abstract record BirdConfigFilter
{
    /// <summary>Every route.</summary>
    public static BirdConfigFilter All { get; } = new Plain("all");

    /// <summary>No route.</summary>
    public static BirdConfigFilter None { get; } = new Plain("none");

    /// <summary>Routes to these prefixes.</summary>
    public static BirdConfigFilter Prefixes(params IReadOnlyList<BirdPrefixRange> ranges) => new Condition(
        // An empty set is no syntax of BIRD's.
        () => ranges.Count == 0 ? "false" : $"net ~ [ {string.Join(", ", ranges.Select(range => range.ToText()))} ]");

    /// <summary>Routes that leave by interfaces of these names; * and ? are wildcards.</summary>
    public static BirdConfigFilter Interfaces(params IReadOnlyList<string> patterns) => new Condition(
        () => patterns.Count == 0 ? "false" : string.Join(" || ", patterns.Select(pattern => $"ifname ~ {BirdSyntax.Text(pattern)}")));

    /// <summary>Routes that pass a filter that the operator's own file defines.</summary>
    public static BirdConfigFilter Named(string name) => new Own(name);

    /// <summary>Routes that meet every condition. <see cref="All"/> and <see cref="Named"/> cannot be part of one.</summary>
    public static BirdConfigFilter Both(BirdConfigFilter first, BirdConfigFilter second) => new Condition(() => $"({Of(first)}) && ({Of(second)})");

    /// <summary>Routes that meet one of the conditions.</summary>
    public static BirdConfigFilter Either(BirdConfigFilter first, BirdConfigFilter second) => new Condition(() => $"({Of(first)}) || ({Of(second)})");

    /// <summary>Routes that do not meet the condition.</summary>
    public static BirdConfigFilter Not(BirdConfigFilter condition) => new Condition(() => $"!({Of(condition)})");

    /// <summary>What stands behind "import" or "export".</summary>
    internal abstract string ToText();

    private static string Of(BirdConfigFilter filter) => filter is Condition condition
        ? condition.Text()
        : throw new FaultException("BirdInvalidValue", FaultKind.InvalidArgument, "Only conditions on prefixes and interfaces can be joined or reversed, not whole filters.", null);

    private sealed record Plain(string Word) : BirdConfigFilter
    {
        internal override string ToText() => Word;
    }

    private sealed record Own(string Name) : BirdConfigFilter
    {
        internal override string ToText() => $"filter {BirdSyntax.Symbol(Name)}";
    }

    private sealed record Condition(Func<string> Text) : BirdConfigFilter
    {
        internal override string ToText() => $"where {Text()}";
    }
}

/// <summary>A prefix and the lengths within it that count.</summary>
/// <param name="Prefix">The covering prefix, its host bits zero.</param>
/// <param name="MinLength">The shortest length; null: the prefix's own.</param>
/// <param name="MaxLength">The longest; null: the prefix's own, or <paramref name="MinLength"/> where that is longer.</param>
public sealed record BirdPrefixRange(string Prefix, int? MinLength = null, int? MaxLength = null)
{
    /// <summary>A prefix and everything within it.</summary>
    public static BirdPrefixRange Within(string prefix) => new(prefix, null, prefix.Contains(':', StringComparison.Ordinal) ? 128 : 32);

    internal string ToText()
    {
        string prefix = ConfigurationWriter.Prefix(Prefix);
        if (MinLength is null && MaxLength is null)
            return prefix;
        int own = int.Parse(prefix.AsSpan(prefix.IndexOf('/', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
        int longest = prefix.Contains(':', StringComparison.Ordinal) ? 128 : 32;
        int least = MinLength ?? own, most = MaxLength ?? Math.Max(own, least);
        return $"{prefix}{{{ConfigurationWriter.Number(least, own, longest, "A prefix range's shortest length")},{ConfigurationWriter.Number(most, least, longest, "A prefix range's longest length")}}}";
    }
}
