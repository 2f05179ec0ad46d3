using System.Net;

namespace WgNet;

/// <summary>A route in one of the kernel's tables.</summary>
public sealed record NetLinkRoute
{
    /// <summary>The network namespace, as it was asked for; "" is the caller's own.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Where it leads; the default route is 0.0.0.0/0 or ::/0.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The ways there: several share the traffic by their weights. Empty for routes that refuse.</summary>
    public NetLinkNextHop[] NextHops { get; init; } = [];

    /// <summary>Who installed it: "bird", "kernel", "static", …; a number where it has no name.</summary>
    public required string Protocol { get; init; }

    /// <summary>The kernel takes the route of the smallest metric.</summary>
    public uint Metric { get; init; }

    /// <summary>The table's name, "main" or "local"; its number where it has none.</summary>
    public required string Table { get; init; }

    public NetLinkRouteType Type { get; init; }

    /// <summary>The own address that new connections over this route use; null leaves it to the kernel.</summary>
    public IPAddress? PreferredSource { get; init; }

    public NetLinkAddressScope Scope { get; init; }

    /// <summary>The largest packet in bytes, where the route sets one.</summary>
    public int? Mtu { get; init; }

    /// <summary>The number of the next hop object that it uses; null for none.</summary>
    public uint? NextHopId { get; init; }

    public override string ToString() =>
        $"{(Type == NetLinkRouteType.Unicast ? "" : Type.ToString().ToLowerInvariant() + " ")}{Destination} {string.Join(", ", NextHops.Select(hop => hop.ToString()))}".TrimEnd();
}

/// <summary>One way of a route.</summary>
public sealed record NetLinkNextHop
{
    /// <summary>The neighbour to hand packets to; null where the destination is on the link itself.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The link to send by; null where the kernel finds it from the gateway.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Its share of the traffic beside the other ways, 1 to 256.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>The index of the link, 0 where it is not known.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>The gateway counts as reachable on the link, whatever the addresses there say.</summary>
    public bool OnLink { get; init; }

    /// <summary>The link is down or has no carrier: the kernel does not use this way.</summary>
    public bool IsDead { get; init; }

    public override string ToString()
    {
        string via = Gateway is null ? "" : $"via {Gateway} ";
        return $"{via}dev {InterfaceName ?? $"#{InterfaceIndex}"}{(Weight == 1 ? "" : $" weight {Weight}")}";
    }
}

/// <summary>What a route does with packets (include/uapi/linux/rtnetlink.h, RTN_*).</summary>
public enum NetLinkRouteType : byte
{
    Unspecified,

    /// <summary>Sends them on.</summary>
    Unicast,

    /// <summary>Takes them in: an address of this machine.</summary>
    Local,
    Broadcast,
    Anycast,
    Multicast,

    /// <summary>Drops them in silence.</summary>
    Blackhole,

    /// <summary>Drops them, and tells the sender that there is no way.</summary>
    Unreachable,

    /// <summary>Drops them, and tells the sender that it is forbidden.</summary>
    Prohibit,

    /// <summary>Goes on with the next table.</summary>
    Throw,
}
