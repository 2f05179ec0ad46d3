namespace WgNet;

/// <summary>Something that changed in a network namespace.</summary>
public sealed record NetLinkEvent
{
    /// <summary>When it was received.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The network namespace, as it was asked for; "" is the caller's own.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>What happened. After <see cref="NetLinkEventKind.EventsLost"/>, read again what you keep.</summary>
    public required NetLinkEventKind Kind { get; init; }

    /// <summary>The link that it is about; null for none, or for several.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Where a link went that moved: the namespace's name; "" where nothing names it. Null for everything else.</summary>
    public string? MovedTo { get; init; }

    /// <summary>The link, address or route as it is now, or as it last was.</summary>
    public object? Item { get; init; }

    public override string ToString() => $"{Kind} {Item}{(string.IsNullOrEmpty(MovedTo) ? "" : $" to {MovedTo}")}".TrimEnd();
}

/// <summary>Kinds of events.</summary>
public enum NetLinkEventKind
{
    LinkAdded,
    LinkChanged,
    LinkRemoved,

    /// <summary>The link went to another namespace.</summary>
    LinkMoved,

    /// <summary>An address is new, or its flags changed: it may just have passed duplicate address detection.</summary>
    AddressAdded,
    AddressRemoved,

    /// <summary>A route is new, or takes the place of another.</summary>
    RouteAdded,
    RouteRemoved,

    /// <summary>Events came faster than they were read, and the kernel dropped some: what you know may be out of date.</summary>
    EventsLost,
}
