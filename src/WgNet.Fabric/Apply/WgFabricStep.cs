namespace WgNet;

/// <summary>One step that made a gateway as the fabric says. It is done when it is emitted, and taken back if a later one fails.</summary>
public sealed class WgFabricStep
{
    public required string Gateway { get; init; }

    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>How many steps there are.</summary>
    public required int Count { get; init; }

    /// <summary>What part of the gateway it changed.</summary>
    public required WgFabricPart Kind { get; init; }

    /// <summary>Which one: a namespace, a setting, an interface, a file, a protocol.</summary>
    public required string Name { get; init; }

    public required WgFabricAction Action { get; init; }

    /// <summary>What was done, in words.</summary>
    public required string Description { get; init; }

    /// <summary>The differences that it removed.</summary>
    public required WgFabricDifference[] Differences { get; init; }

    public override string ToString() => $"{Gateway} {Number}/{Count}: {Description}";
}

/// <summary>What became of a gateway that was to be made as the fabric says.</summary>
public sealed class WgFabricResult
{
    public required string Gateway { get; init; }

    /// <summary>Whether anything was to be done.</summary>
    public required bool Changed { get; init; }

    /// <summary>How many steps were made.</summary>
    public required int Steps { get; init; }

    /// <summary>How many tunnels the gateway has in the fabric.</summary>
    public required int Tunnels { get; init; }

    /// <summary>How long it took, looking included.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The gateway's public key, for the fabric file.</summary>
    public required WgPublicKey PublicKey { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string Message => Changed
        ? FormattableString.Invariant($"{Gateway} is as the fabric says now: {Steps} {(Steps == 1 ? "step" : "steps")} in {Elapsed.TotalSeconds:0.0} s.")
        : $"{Gateway} is as the fabric says: nothing to do.";

    public override string ToString() => Message;
}
