using System.Text;

namespace WgNet.Bird;

/// <summary>Which routes to ask for; every part narrows. Written as one <c>show route</c> command, its values never as syntax.</summary>
public sealed record BirdRouteQuery
{
    /// <summary>Exactly this prefix.</summary>
    public string? Prefix { get; init; }

    /// <summary>The longest match for this address or prefix.</summary>
    public string? For { get; init; }

    /// <summary>Everything within this prefix.</summary>
    public string? Within { get; init; }

    /// <summary>Only routes that this protocol made.</summary>
    public string? Protocol { get; init; }

    /// <summary>These tables; none: the two main ones; "*": all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>A condition in BIRD's filter language.</summary>
    public string? Filter { get; init; }

    /// <summary>What this protocol is given, after its export filter and with merged paths.</summary>
    public string? Export { get; init; }

    /// <summary>Only the best route of each prefix.</summary>
    public bool Primary { get; init; }

    /// <summary>Only routes that an input filter refused and kept.</summary>
    public bool Filtered { get; init; }

    /// <summary>With all attributes.</summary>
    public bool Detail { get; init; }

    /// <summary>Whether one particular destination was asked for, of which nothing is an error.</summary>
    internal bool NamesDestination => Prefix is not null || For is not null;

    internal string ToCommand(bool count)
    {
        var command = new StringBuilder("show route");
        if (Prefix is not null)
            command.Append(' ').Append(BirdSyntax.Prefix(Prefix, nameof(Prefix)));
        if (For is not null)
            command.Append(" for ").Append(BirdSyntax.Prefix(For, nameof(For)));
        if (Within is not null)
            command.Append(" in ").Append(BirdSyntax.Prefix(Within, nameof(Within)));
        foreach (string table in Tables)
            command.Append(" table ").Append(table == "*" ? "all" : BirdSyntax.Symbol(table));
        if (Export is not null)
            command.Append(" export ").Append(BirdSyntax.Symbol(Export));
        if (Filter is not null)
            command.Append(" where ").Append(BirdSyntax.Expression(Filter));
        if (Protocol is not null)
            command.Append(" protocol ").Append(BirdSyntax.Symbol(Protocol));
        if (Primary)
            command.Append(" primary");
        if (Filtered)
            command.Append(" filtered");
        if (count)
            command.Append(" count");
        else if (Detail)
            command.Append(" all");
        return command.ToString();
    }
}
