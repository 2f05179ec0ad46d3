namespace WgNet;

/// <summary>A name that a BIRD's configuration gives to something (show symbols; BIRD: conf/conf.c, cmd_show_symbols).</summary>
public sealed class BirdSymbol
{
    public required string Name { get; init; }

    /// <summary>What it names, in BIRD's words: "protocol", "routing table", "filter", "function", "constant", "template", ...</summary>
    public required string Kind { get; init; }

    /// <summary>The control socket of this BIRD.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
