namespace WgNet.Bird;

/// <summary>OSPF within a site: version 2 for IPv4, version 3 for IPv6 (for IPv4 too where the channel says so).</summary>
public sealed record BirdConfigOspf : BirdConfigProtocol
{
    /// <summary>2 or 3.</summary>
    public required int Version { get; init; }

    public required BirdConfigChannel Channel { get; init; }

    /// <summary>Uses all equally good ways.</summary>
    public bool Ecmp { get; init; } = true;

    /// <summary>Joins equal external routes of several routers into one with several next hops.</summary>
    public bool MergeExternal { get; init; }

    public IReadOnlyList<BirdConfigOspfArea> Areas { get; init; } = [];

    internal override string Kind => $"ospf v{ConfigurationWriter.Number(Version, 2, 3, "OSPF's version")}";

    private protected override void WriteBody(ConfigurationWriter writer)
    {
        writer.Line($"ecmp {(Ecmp ? "yes" : "no")};");
        writer.Switch(MergeExternal, "merge external yes;");
        Channel.Write(writer);
        foreach (BirdConfigOspfArea area in Areas)
            area.Write(writer);
    }
}

/// <summary>An OSPF area.</summary>
public sealed record BirdConfigOspfArea
{
    /// <summary>Its number; 0 is the backbone.</summary>
    public uint Id { get; init; }

    public IReadOnlyList<BirdConfigOspfInterface> Interfaces { get; init; } = [];

    internal void Write(ConfigurationWriter writer) => writer.Block(
        $"area {Id >> 24}.{(Id >> 16) & 255}.{(Id >> 8) & 255}.{Id & 255}",
        () =>
        {
            foreach (BirdConfigOspfInterface one in Interfaces)
                one.Write(writer);
        },
        "};");
}

/// <summary>Interfaces of an OSPF area.</summary>
public sealed record BirdConfigOspfInterface
{
    /// <summary>The interface's name; * and ? are wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>Announces its prefixes and speaks with nobody there.</summary>
    public bool Stub { get; init; }

    /// <summary>Speaks with one neighbour, without electing a designated router.</summary>
    public bool PointToPoint { get; init; }

    /// <summary>Who of a network becomes its designated router: the one of the highest priority, 0 never. Null: 1.</summary>
    public int? Priority { get; init; }

    /// <summary>What sending by it costs; null: 10.</summary>
    public int? Cost { get; init; }

    /// <summary>The time between greetings; the same at all neighbours. Null: 10 s.</summary>
    public TimeSpan? Hello { get; init; }

    /// <summary>How long a neighbour may stay silent before it counts as gone; the same at all neighbours. Null: four greetings.</summary>
    public TimeSpan? Dead { get; init; }

    /// <summary>How long to listen before a designated router is elected; null: as <see cref="Dead"/>.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Lets BFD watch the neighbours; needs a <see cref="BirdConfigBfd"/>.</summary>
    public bool Bfd { get; init; }

    internal void Write(ConfigurationWriter writer) => writer.Block(
        $"interface {BirdSyntax.Text(Name)}",
        () =>
        {
            writer.Switch(Stub, "stub yes;");
            writer.Switch(PointToPoint, "type ptp;");
            writer.Option(Priority, value => $"priority {ConfigurationWriter.Number(value, 0, 255, "An OSPF priority")};");
            writer.Option(Cost, value => $"cost {ConfigurationWriter.Number(value, 1, 65535, "An OSPF cost")};");
            writer.Option(Hello, value => $"hello {ConfigurationWriter.Seconds(value, "OSPF's hello")};");
            writer.Option(Dead, value => $"dead {ConfigurationWriter.Seconds(value, "OSPF's dead")};");
            writer.Option(Wait, value => $"wait {ConfigurationWriter.Seconds(value, "OSPF's wait")};");
            writer.Switch(Bfd, "bfd yes;");
        },
        "};");
}
