namespace WgNet;

/// <summary>A route of one of BIRD's tables (show route; BIRD: nest/rt-show.c).</summary>
public sealed class BirdRoute
{
    /// <summary>The destination, as BIRD writes it; for tables other than IP with what else tells one from another.</summary>
    public required string Prefix { get; init; }

    public string? Table { get; init; }

    /// <summary>unicast, unreachable, blackhole or prohibited; newer BIRDs may say others.</summary>
    public required string Type { get; init; }

    /// <summary>Where it goes: several for equal-cost multipath, none unless the type is unicast.</summary>
    public BirdNextHop[] NextHops { get; init; } = [];

    /// <summary>The name of the protocol that the route came from.</summary>
    public string? Protocol { get; init; }

    /// <summary>When it last changed, by the daemon's clock; a date alone once that is older than 20 hours.</summary>
    public DateTime? Since { get; init; }

    /// <summary>The same as BIRD wrote it.</summary>
    public string? SinceText { get; init; }

    /// <summary>The neighbour that announced it, where that is not the next hop.</summary>
    public string? From { get; init; }

    /// <summary>Whether it is the best route of its prefix.</summary>
    public bool Primary { get; init; }

    /// <summary>Whether the kernel did not take it ("!").</summary>
    public bool SyncFailed { get; init; }

    public int? Preference { get; init; }

    /// <summary>The protocol's own metric: OSPF's, the IGP metric of a BGP next hop, the kernel's with full attributes.</summary>
    public long? Metric { get; init; }

    /// <summary>OSPF's external metric of type 2.</summary>
    public long? Metric2 { get; init; }

    /// <summary>Whether its next hop is not resolvable now ("-" behind the preference).</summary>
    public bool Unresolved { get; init; }

    /// <summary>Whether it is kept from before a graceful restart, or suppressed ("s").</summary>
    public bool Stale { get; init; }

    /// <summary>
    /// The AS path, sets and confederations included. Without full attributes BIRD shows its last AS alone, which is then
    /// written "... 65003"; null for routes that did not come by BGP.
    /// </summary>
    public string? AsPath { get; init; }

    /// <summary>The AS that the path ends in; null for an empty path.</summary>
    public uint? OriginAS { get; init; }

    /// <summary>BGP's origin: IGP, EGP or Incomplete.</summary>
    public string? Origin { get; init; }

    /// <summary>What BIRD shows behind the protocol, as it came: "I (150/20) [0.0.0.1]".</summary>
    public string Info { get; init; } = "";

    /// <summary>Whether the properties below were asked for (-Detail).</summary>
    public bool IsDetailed { get; init; }

    /// <summary>How the protocol made it: BGP, OSPF-E2, static, device, inherit, pipe, ...</summary>
    public string? Source { get; init; }

    /// <summary>univ, link, host, ...</summary>
    public string? Scope { get; init; }

    public uint? LocalPref { get; init; }

    /// <summary>BGP's multi-exit discriminator.</summary>
    public uint? Med { get; init; }

    /// <summary>The next hop that BGP announced; two addresses where a link-local one came along.</summary>
    public string? BgpNextHop { get; init; }

    /// <summary>Communities in the usual form "65001:666".</summary>
    public string[] Communities { get; init; } = [];

    /// <summary>Extended communities as "rt:65001:100".</summary>
    public string[] ExtendedCommunities { get; init; } = [];

    /// <summary>Large communities as "65001:1:2".</summary>
    public string[] LargeCommunities { get; init; } = [];

    /// <summary>All attributes by BIRD's names and in its words, those above included and unknown ones too.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Lines that this version of the module does not know, as they came.</summary>
    public string[] OtherLines { get; init; } = [];

    /// <summary>The control socket of the BIRD that has it.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => NextHops.Length == 0 ? $"{Prefix} {Type}" : $"{Prefix} via {string.Join<BirdNextHop>(", ", NextHops)}";
}

/// <summary>How many routes of a table a query matches (show route ... count).</summary>
public sealed class BirdRouteCount
{
    public string? Table { get; init; }

    /// <summary>Routes that match the query.</summary>
    public required long Routes { get; init; }

    /// <summary>Routes that the daemon looked at.</summary>
    public required long TotalRoutes { get; init; }

    /// <summary>Different prefixes among those that match.</summary>
    public required long Networks { get; init; }

    /// <summary>The control socket of the BIRD that counted.</summary>
    public required string ControlSocket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Routes} routes for {Networks} networks in {Table}";
}
