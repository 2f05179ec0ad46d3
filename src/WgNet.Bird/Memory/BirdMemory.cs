namespace WgNet;

/// <summary>How much memory a BIRD uses for one purpose (show memory; BIRD: nest/cmds.c, cmd_show_memory).</summary>
public sealed class BirdMemory
{
    /// <summary>"Routing tables", "Protocols", "Total", ...; a newer BIRD's other counts by the names that it gives them.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes in use, as BIRD rounds them; null for a count that is not of bytes.</summary>
    public long? Effective { get; init; }

    /// <summary>Bytes lost around them; null where BIRD shows none.</summary>
    public long? Overhead { get; init; }

    /// <summary>What BIRD wrote behind the name.</summary>
    public required string Text { get; init; }

    /// <summary>The control socket of this BIRD.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Text}";
}
