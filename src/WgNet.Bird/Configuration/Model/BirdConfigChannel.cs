namespace WgNet.Bird;

/// <summary>A protocol's connection to a table, with what it lets through.</summary>
public sealed record BirdConfigChannel
{
    public required BirdFamily Family { get; init; }

    /// <summary>Its table; null: master4 or master6.</summary>
    public string? Table { get; init; }

    /// <summary>What goes from the protocol into the table; null: BIRD's own choice, which is all for most protocols.</summary>
    public BirdConfigFilter? Import { get; init; }

    /// <summary>What goes from the table to the protocol; null: BIRD's own choice, which is none for most.</summary>
    public BirdConfigFilter? Export { get; init; }

    /// <summary>Which of several routes to a prefix is best: the one of the highest preference; null: the protocol's usual one.</summary>
    public int? Preference { get; init; }

    /// <summary>How many routes it may bring; beyond that new ones are blocked.</summary>
    public int? ImportLimit { get; init; }

    /// <summary>Keeps what the import filter refuses, to be looked at.</summary>
    public bool KeepFiltered { get; init; }

    /// <summary>BGP alone: announces this side's own address as the next hop.</summary>
    public bool NextHopSelf { get; init; }

    /// <summary>BGP alone: lets IPv4 routes have IPv6 next hops (RFC 8950).</summary>
    public bool ExtendedNextHop { get; init; }

    internal void Write(ConfigurationWriter writer)
    {
        string family = ConfigurationWriter.Word(Family);
        if (this == new BirdConfigChannel { Family = Family })
            writer.Line($"{family};");
        else
            writer.Block(family, () => WriteOptions(writer), "};");
    }

    private void WriteOptions(ConfigurationWriter writer)
    {
        writer.Switch(Table is not null, $"table {(Table is null ? "" : BirdSyntax.Symbol(Table))};");
        writer.Switch(KeepFiltered, "import keep filtered;");
        writer.Switch(Import is not null, $"import {Import?.ToText()};");
        writer.Switch(Export is not null, $"export {Export?.ToText()};");
        writer.Option(Preference, value => $"preference {ConfigurationWriter.Number(value, 0, 65535, "A preference")};");
        writer.Option(ImportLimit, value => $"import limit {ConfigurationWriter.Number(value, 1, int.MaxValue, "An import limit")} action block;");
        writer.Switch(NextHopSelf, "next hop self;");
        writer.Switch(ExtendedNextHop, "extended next hop on;");
    }
}
