namespace WgNet;

/// <summary>A route of one of BIRD's tables (show route; BIRD: nest/rt-show.c).</summary>
public sealed class BirdRoute
{
    internal BirdRoute(string prefix, Bird.RouteOrigin head) => (Prefix, Head) = (prefix, head);

    /// <summary>The destination, as BIRD writes it; for tables other than IP with what else tells one from another.</summary>
    public string Prefix { get; }

    public string? Table => Head.Table.Name;

    /// <summary>unicast, unreachable, blackhole or prohibited; "none" in a table of what leads nowhere, such as ROAs; newer BIRDs may say others.</summary>
    public string Type => Head.Type;

    /// <summary>Where it goes: several for equal-cost multipath, none unless the type is unicast.</summary>
    public BirdNextHop[] NextHops => Hops.Length == 0 ? [] : [.. Hops];

    /// <summary>The name of the protocol that the route came from.</summary>
    public string? Protocol => Head.Protocol;

    /// <summary>When it last changed, by the daemon's clock; how exact that is says <see cref="SincePrecision"/>.</summary>
    public DateTime? Since => Head.Since;

    /// <summary>The same as BIRD wrote it.</summary>
    public string? SinceText => Head.SinceText;

    /// <summary>How exact <see cref="Since"/> is: a millisecond, or a day where an older BIRD shows the date alone. Null without a time.</summary>
    public TimeSpan? SincePrecision => Bird.BirdClock.Precision(SinceText);

    /// <summary>The neighbour that announced it, where that is not the next hop.</summary>
    public string? From => Head.From;

    /// <summary>Whether it is the best route of its prefix.</summary>
    public bool Primary => Head.Primary;

    /// <summary>Whether the kernel did not take it ("!").</summary>
    public bool SyncFailed => Head.SyncFailed;

    public int? Preference => Shown.Preference ?? (int?)Parsed?.Preference;

    /// <summary>The protocol's own metric: OSPF's, the IGP metric of a BGP next hop, the kernel's with full attributes.</summary>
    public long? Metric => Shown.Metric ?? Parsed?.Metric;

    /// <summary>OSPF's external metric of type 2.</summary>
    public long? Metric2 => Shown.Metric2;

    /// <summary>Whether its next hop is not resolvable now ("-" behind the preference).</summary>
    public bool Unresolved => Shown.Unresolved;

    /// <summary>Whether it is kept from before a graceful restart, or suppressed ("s").</summary>
    public bool Stale => Shown.Stale;

    /// <summary>
    /// The AS path, sets and confederations included. Without full attributes BIRD shows its last AS alone, which is then
    /// written "... 65003"; null for routes that did not come by BGP.
    /// </summary>
    public string? AsPath => Parsed?.AsPath ?? (Shown.IsBgp ? (IsDetailed ? "" : Shown.ShortPath) : null);

    /// <summary>The AS that the path ends in; null for an empty path.</summary>
    public uint? OriginAS => Shown.OriginAS;

    /// <summary>BGP's origin: IGP, EGP or Incomplete.</summary>
    public string? Origin => Parsed?.Origin ?? Shown.Origin;

    /// <summary>What BIRD shows behind the protocol, as it came: "I (150/20) [0.0.0.1]".</summary>
    public string Info => Shown.Text;

    /// <summary>Whether the properties below were asked for (-Detail).</summary>
    public bool IsDetailed => Head.Table.IsDetailed;

    /// <summary>How the protocol made it: BGP, OSPF-E2, static, device, inherit, pipe, ...</summary>
    public string? Source => Parsed?.Source;

    /// <summary>univ, link, host, ...</summary>
    public string? Scope => Parsed?.Scope;

    public uint? LocalPref => Parsed?.LocalPref;

    /// <summary>BGP's multi-exit discriminator.</summary>
    public uint? Med => Parsed?.Med;

    /// <summary>The next hop that BGP announced; two addresses where a link-local one came along.</summary>
    public string? BgpNextHop => Parsed?.BgpNextHop;

    /// <summary>Communities in the usual form "65001:666".</summary>
    public string[] Communities => Parsed?.Communities ?? [];

    /// <summary>Extended communities as "rt:65001:100".</summary>
    public string[] ExtendedCommunities => Parsed?.ExtendedCommunities ?? [];

    /// <summary>Large communities as "65001:1:2".</summary>
    public string[] LargeCommunities => Parsed?.LargeCommunities ?? [];

    /// <summary>All attributes by BIRD's names and in its words, those above included and unknown ones too.</summary>
    public IReadOnlyDictionary<string, string> Attributes => Bird.RouteAttributes.Complete(Parsed, InternalLine);

    /// <summary>Lines that this version of the module does not know, as they came.</summary>
    public string[] OtherLines { get; init; } = [];

    /// <summary>The control socket of the BIRD that has it.</summary>
    public string ControlSocket => Head.Table.ControlSocket;

    /// <summary>What the route's first line says behind the prefix; shared by the routes that say the same.</summary>
    internal Bird.RouteOrigin Head { get; }

    /// <summary>Shared by the routes that go the same ways: users get copies.</summary>
    internal BirdNextHop[] Hops { get; init; } = [];

    /// <summary>BIRD 3's line about the route's place in its own memory, which no two routes have in common.</summary>
    internal string? InternalLine { get; init; }

    /// <summary>The attributes' lines, which are parsed when they are first looked at: a table of a million routes is listed more often than read.</summary>
    internal Bird.AttributeLines? Lines { get; init; }

    private Bird.RouteInfo Shown => Head.Info;

    private Bird.RouteAttributes? Parsed => Lines?.Parsed;

    /// <inheritdoc/>
    public override string ToString() => Hops.Length == 0 ? $"{Prefix} {Type}" : $"{Prefix} via {string.Join<BirdNextHop>(", ", Hops)}";
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
