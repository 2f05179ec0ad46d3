namespace WgNet.Bird;

/// <summary>A protocol of the configuration.</summary>
public abstract record BirdConfigProtocol
{
    /// <summary>Its name; null: BIRD makes one, such as device1.</summary>
    public string? Name { get; init; }

    /// <summary>Told to Get-BirdProtocol -Detail.</summary>
    public string? Description { get; init; }

    /// <summary>Starts disabled.</summary>
    public bool Disabled { get; init; }

    /// <summary>Its kind in BIRD's words: "kernel", "ospf v3", ...</summary>
    internal abstract string Kind { get; }

    internal void Write(ConfigurationWriter writer) => writer.Block(
        $"protocol {Kind}{(Name is null ? "" : $" {BirdSyntax.Symbol(Name)}")}",
        () =>
        {
            writer.Switch(Description is not null, $"description {BirdSyntax.Text(Description ?? "")};");
            writer.Switch(Disabled, "disabled;");
            WriteBody(writer);
        });

    private protected abstract void WriteBody(ConfigurationWriter writer);
}

/// <summary>Learns the interfaces and their addresses from the kernel; every configuration needs one.</summary>
public sealed record BirdConfigDevice : BirdConfigProtocol
{
    /// <summary>The time between two looks at all of them; changes are learned at once anyway.</summary>
    public TimeSpan ScanTime { get; init; } = TimeSpan.FromSeconds(10);

    internal override string Kind => "device";

    private protected override void WriteBody(ConfigurationWriter writer) => writer.Line($"scan time {ConfigurationWriter.Seconds(ScanTime, "A scan time")};");
}

/// <summary>Gives routes to the kernel and, if it is to learn, takes those that others put there.</summary>
public sealed record BirdConfigKernel : BirdConfigProtocol
{
    public required BirdConfigChannel Channel { get; init; }

    /// <summary>Gives the kernel one route with all the equally good next hops: equal-cost multipath.</summary>
    public bool MergePaths { get; init; }

    /// <summary>Learns routes that something else put into the kernel.</summary>
    public bool Learn { get; init; }

    /// <summary>Leaves the routes in the kernel when BIRD ends.</summary>
    public bool Persist { get; init; }

    /// <summary>The time between two looks at the kernel's whole table; null: 60 s. Changes are learned at once anyway.</summary>
    public TimeSpan? ScanTime { get; init; }

    /// <summary>The kernel's table; null: main.</summary>
    public uint? KernelTable { get; init; }

    /// <summary>The metric of the kernel's routes; null: BIRD's usual one, 32.</summary>
    public uint? Metric { get; init; }

    internal override string Kind => "kernel";

    private protected override void WriteBody(ConfigurationWriter writer)
    {
        writer.Switch(Persist, "persist;");
        writer.Switch(Learn, "learn;");
        writer.Switch(MergePaths, "merge paths yes;");
        writer.Option(ScanTime, value => $"scan time {ConfigurationWriter.Seconds(value, "A scan time")};");
        writer.Option(KernelTable, value => $"kernel table {value};");
        writer.Option(Metric, value => $"metric {value};");
        Channel.Write(writer);
    }
}

/// <summary>Makes routes of the interfaces' own prefixes.</summary>
public sealed record BirdConfigDirect : BirdConfigProtocol
{
    public required IReadOnlyList<BirdConfigChannel> Channels { get; init; }

    /// <summary>Which interfaces, by name; * and ? are wildcards. None: all.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    internal override string Kind => "direct";

    private protected override void WriteBody(ConfigurationWriter writer)
    {
        foreach (BirdConfigChannel channel in Channels)
            channel.Write(writer);
        if (Interfaces.Count > 0)
            writer.Line($"interface {string.Join(", ", Interfaces.Select(BirdSyntax.Text))};");
    }
}

/// <summary>Finds out within a fraction of a second that a neighbour is gone (RFC 5880).</summary>
public sealed record BirdConfigBfd : BirdConfigProtocol
{
    /// <summary>Which interfaces, by name; * and ? are wildcards.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = ["*"];

    /// <summary>The time between packets; BIRD's usual one is 10 ms to receive and 100 ms to send.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How many packets may be lost before the neighbour counts as gone; null: 5.</summary>
    public int? Multiplier { get; init; }

    internal override string Kind => "bfd";

    private protected override void WriteBody(ConfigurationWriter writer) => writer.Block(
        $"interface {string.Join(", ", Interfaces.Select(BirdSyntax.Text))}",
        () =>
        {
            writer.Option(Interval, value => $"interval {ConfigurationWriter.Milliseconds(value, "A BFD interval")};");
            writer.Option(Multiplier, value => $"multiplier {ConfigurationWriter.Number(value, 1, 255, "A BFD multiplier")};");
        },
        "};");
}
