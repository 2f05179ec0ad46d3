namespace WgNet;

/// <summary>A network interface of one namespace.</summary>
public sealed record NetLink
{
    /// <summary>Its name, 1 to 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The network namespace that it is in, as it was asked for; "" is the caller's own.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The kernel's number for it, unique in its namespace.</summary>
    public required int Index { get; init; }

    /// <summary>What it is (IFLA_INFO_KIND): "veth", "wireguard", "tun", "bridge"; "loopback"; "hardware" where the kernel names no kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether it was set up or down (IFF_UP). <see cref="OperationalState"/> says whether it can carry traffic.</summary>
    public NetLinkState State => Flags.HasFlag(NetLinkFlags.Up) ? NetLinkState.Up : NetLinkState.Down;

    /// <summary>The state that the driver reports (RFC 2863); tunnels and the loopback report Unknown while they work.</summary>
    public NetLinkOperationalState OperationalState { get; init; }

    /// <summary>Largest packet in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>The hardware address, lower case with colons; null where the link has none, as tunnels.</summary>
    public string? MacAddress { get; init; }

    /// <summary>The bridge or VRF that it belongs to, by name; null for none.</summary>
    public string? Master { get; init; }

    /// <summary>The index of that master, 0 for none.</summary>
    public int MasterIndex { get; init; }

    /// <summary>A free text that an administrator gave it; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>All flags that the kernel keeps for it.</summary>
    public NetLinkFlags Flags { get; init; }

    /// <summary>The index of the link below, or of a veth's other end, in that end's namespace; 0 for none.</summary>
    public int LinkIndex { get; init; }

    /// <summary>The id of the namespace in which <see cref="LinkIndex"/> counts, null for this one.</summary>
    public int? LinkNamespaceId { get; init; }

    /// <summary>What went through it since it was made.</summary>
    public NetLinkStatistics Statistics { get; init; } = new();

    public override string ToString() => Name;
}

/// <summary>Counters of a link since it was made.</summary>
public sealed record NetLinkStatistics
{
    public ulong ReceivedBytes { get; init; }

    public ulong ReceivedPackets { get; init; }

    public ulong ReceivedErrors { get; init; }

    public ulong ReceivedDropped { get; init; }

    public ulong SentBytes { get; init; }

    public ulong SentPackets { get; init; }

    public ulong SentErrors { get; init; }

    public ulong SentDropped { get; init; }

    public override string ToString() => $"received {ReceivedBytes} B, sent {SentBytes} B";
}

/// <summary>Whether a link was set up.</summary>
public enum NetLinkState
{
    Down,
    Up,
}

/// <summary>The operational state of a link (RFC 2863; include/uapi/linux/if.h).</summary>
public enum NetLinkOperationalState
{
    Unknown,
    NotPresent,
    Down,
    LowerLayerDown,
    Testing,
    Dormant,
    Up,
}

/// <summary>Flags of a link (include/uapi/linux/if.h, IFF_*).</summary>
[Flags]
public enum NetLinkFlags : uint
{
    None = 0,
    Up = 1,
    Broadcast = 1 << 1,
    Debug = 1 << 2,
    Loopback = 1 << 3,
    PointToPoint = 1 << 4,
    NoTrailers = 1 << 5,
    Running = 1 << 6,
    NoArp = 1 << 7,
    Promiscuous = 1 << 8,
    AllMulticast = 1 << 9,
    Master = 1 << 10,
    Slave = 1 << 11,
    Multicast = 1 << 12,
    PortSelection = 1 << 13,
    AutomaticMedia = 1 << 14,
    Dynamic = 1 << 15,
    LowerUp = 1 << 16,
    Dormant = 1 << 17,
    Echo = 1 << 18,
}
