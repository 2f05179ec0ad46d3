namespace WgNet;

/// <summary>
/// A WireGuard configuration: what `wg setconf` reads and `wg showconf` prints, and beside it what wg-quick(8) adds, as data that is
/// never run. What the text does not say is null or empty.
/// </summary>
public sealed record WgConfig
{
    /// <summary>The device's private key; its text is "(hidden)".</summary>
    public WgPrivateKey? PrivateKey { get; init; }

    /// <summary>The UDP port; 0 lets the system choose.</summary>
    public ushort? ListenPort { get; init; }

    /// <summary>The mark of what is sent; 0 is none.</summary>
    public uint? FirewallMark { get; init; }

    /// <summary>The peers, in the order of the text.</summary>
    public WgConfigPeer[] Peers { get; init; } = [];

    /// <summary>wg-quick: the interface's addresses, each with its prefix length.</summary>
    public string[] Address { get; init; } = [];

    /// <summary>wg-quick: the interface's MTU.</summary>
    public int? Mtu { get; init; }

    /// <summary>wg-quick: the routing table: off, auto, a number or a name.</summary>
    public string? Table { get; init; }

    /// <summary>wg-quick: name servers and search domains.</summary>
    public string[] Dns { get; init; } = [];

    /// <summary>wg-quick: commands that it would run. They are shown, not run.</summary>
    public WgConfigHook[] Hooks { get; init; } = [];

    /// <summary>wg-quick: whether it would write the file when it takes the interface down.</summary>
    public bool? SaveConfig { get; init; }

    /// <summary>Names of the settings that only wg-quick knows and that are set here.</summary>
    internal IEnumerable<string> QuickSettings =>
    [
        .. Address.Length > 0 ? ["Address"] : Array.Empty<string>(),
        .. Mtu is not null ? ["MTU"] : Array.Empty<string>(),
        .. Table is not null ? ["Table"] : Array.Empty<string>(),
        .. Dns.Length > 0 ? ["DNS"] : Array.Empty<string>(),
        .. Hooks.Select(hook => hook.Event).Distinct(),
        .. SaveConfig is not null ? ["SaveConfig"] : Array.Empty<string>(),
    ];
}

/// <summary>One [Peer] of a configuration.</summary>
public sealed record WgConfigPeer
{
    /// <summary>The peer's public key.</summary>
    public required WgPublicKey PublicKey { get; init; }

    /// <summary>The preshared key; its text is "(hidden)".</summary>
    public WgPresharedKey? PresharedKey { get; init; }

    /// <summary>Where the peer is reached.</summary>
    public WgEndpoint? Endpoint { get; init; }

    /// <summary>The prefixes that the peer may use.</summary>
    public AllowedIP[] AllowedIPs { get; init; } = [];

    /// <summary>Prefixes that are taken from the peer ("-" before them).</summary>
    public AllowedIP[] RemovedAllowedIPs { get; init; } = [];

    /// <summary>Whether the peer keeps the prefixes that it has ("+" or "-" stood before one).</summary>
    public bool KeepsAllowedIPs { get; init; }

    /// <summary>Seconds between keepalives; 0 is off.</summary>
    public ushort? PersistentKeepalive { get; init; }

    /// <summary>The public key's text.</summary>
    public override string ToString() => PublicKey.ToString();
}

/// <summary>A command of wg-quick(8).</summary>
/// <param name="Event">PreUp, PostUp, PreDown or PostDown.</param>
/// <param name="Command">The shell command, as it stands in the text.</param>
public sealed record WgConfigHook(string Event, string Command);

/// <summary>How a configuration is applied.</summary>
public enum WgConfigMode
{
    /// <summary>As `wg setconf`: every peer is made anew, and what the text does not say is taken away.</summary>
    Replace,

    /// <summary>As `wg syncconf`: only what differs is changed, so that sessions of unchanged peers live on. Values that the text does not name stay.</summary>
    Sync,

    /// <summary>As `wg addconf`: what the text does not say stays.</summary>
    Add,
}
