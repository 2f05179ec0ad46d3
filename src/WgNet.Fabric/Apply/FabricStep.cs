namespace WgNet.Fabric;

/// <summary>A step to make: what it is for, and how it is done. Every difference belongs to exactly one step; a step that only makes room has none.</summary>
internal sealed class FabricStep
{
    public required WgFabricPart Kind { get; init; }

    public required string Name { get; init; }

    public required WgFabricAction Action { get; init; }

    /// <summary>What it does, in words: "make the tunnel wg3 to V2-1".</summary>
    public required string Description { get; init; }

    public required IReadOnlyList<WgFabricDifference> Differences { get; init; }

    /// <summary>Does it. Each thing that is done is pushed on the run's undo stack at once, so that half a step can be taken back too.</summary>
    public required Action<GatewayRun> Do { get; init; }

    public override string ToString() => Description;

    /// <summary>A step for one difference.</summary>
    public static FabricStep For(WgFabricDifference difference, string description, Action<GatewayRun> work) => new()
    {
        Kind = difference.Kind,
        Name = difference.Name,
        Action = difference.Action,
        Description = description,
        Differences = [difference],
        Do = work,
    };

    public WgFabricStep Done(string gateway, int number, int count) => new()
    {
        Gateway = gateway,
        Number = number,
        Count = count,
        Kind = Kind,
        Name = Name,
        Action = Action,
        Description = Description,
        Differences = [.. Differences],
    };
}
