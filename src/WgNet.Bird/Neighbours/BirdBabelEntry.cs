namespace WgNet;

/// <summary>A destination that a Babel protocol knows, and its best way there (show babel entries; BIRD: proto/babel/babel.c, babel_show_entries).</summary>
public sealed class BirdBabelEntry
{
    /// <summary>The name of the Babel protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>The destination; with "from" and a source where routes depend on both.</summary>
    public required string Prefix { get; init; }

    /// <summary>The router that announces it, eight bytes with colons; null where no way there is left.</summary>
    public string? RouterId { get; init; }

    /// <summary>What the best way costs; 0 for what this BIRD announces itself, null where there is no way.</summary>
    public int? Metric { get; init; }

    /// <summary>The announcement's sequence number; null where there is none.</summary>
    public int? Sequence { get; init; }

    /// <summary>How many neighbours announced it.</summary>
    public required int Routes { get; init; }

    /// <summary>How many routers' announcements of it are remembered, to keep from loops (RFC 8966, 3.2.5).</summary>
    public required int Sources { get; init; }

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Prefix;
}
