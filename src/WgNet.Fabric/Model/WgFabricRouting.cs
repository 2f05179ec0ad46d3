namespace WgNet;

/// <summary>How a gateway learns the routes of its own site.</summary>
public enum WgFabricInside
{
    /// <summary>By OSPF with the site's routers, and the other way round.</summary>
    Ospf,

    /// <summary>By routes to the site's prefixes by its routers, written down.</summary>
    Static,

    /// <summary>By what the operator's own file in BIRD's configuration says.</summary>
    None,
}

/// <summary>How routes spread over the tunnels (BGP between the sites) and inside a site. Times are as in the lab of the article.</summary>
public sealed class WgFabricRouting
{
    /// <summary>How long a neighbour may stay silent before its BGP session is closed.</summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>The wait before BGP's first attempt to connect.</summary>
    public TimeSpan ConnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait between attempts to connect.</summary>
    public TimeSpan ConnectRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The wait after a session broke, at first; BIRD's own, 60 s, would leave a tunnel that came back unused for a minute.</summary>
    public TimeSpan ErrorWaitShortest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such wait: it doubles from one break to the next.</summary>
    public TimeSpan ErrorWaitLongest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>BIRD's preference of routes from other sites: above OSPF's 150, so that a site's own announcement of them does not win.</summary>
    public int Preference { get; init; } = 160;

    /// <summary>
    /// BFD watches the far ends of the tunnels and, with OSPF or static routes, the site's routers. These must speak BFD too: with static routing
    /// a router that BFD does not hear is not used.
    /// </summary>
    public bool Bfd { get; init; }

    /// <summary>The time between two BFD packets.</summary>
    public TimeSpan BfdInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many BFD packets in a row may be lost.</summary>
    public int BfdMultiplier { get; init; } = 3;

    /// <summary>How a gateway learns the routes of its own site.</summary>
    public WgFabricInside Inside { get; init; }

    /// <summary>OSPF's time between greetings; the site's routers must have the same.</summary>
    public TimeSpan OspfHello { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an OSPF neighbour may stay silent; the site's routers must have the same.</summary>
    public TimeSpan OspfDead { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long OSPF listens before a designated router is elected; at least 2 s (BIRD: proto/ospf/config.Y).</summary>
    public TimeSpan OspfWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>OSPF's area number; 0 is the backbone.</summary>
    public uint OspfArea { get; init; }

    public override string ToString() => FormattableString.Invariant($"BGP, hold time {HoldTime.TotalSeconds} s{(Bfd ? ", BFD" : "")}; inside {Inside}");
}
