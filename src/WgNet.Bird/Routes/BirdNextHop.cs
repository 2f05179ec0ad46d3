namespace WgNet;

/// <summary>One next hop of a route.</summary>
public sealed class BirdNextHop
{
    /// <summary>The neighbour's address; null for a network that is on the link itself.</summary>
    public string? Gateway { get; init; }

    public string? InterfaceName { get; init; }

    /// <summary>The share of the traffic, where there are several next hops; null for a single one.</summary>
    public int? Weight { get; init; }

    /// <summary>Whether the gateway counts as on the link although no prefix says so.</summary>
    public bool OnLink { get; init; }

    /// <summary>The labels to push, the outermost first.</summary>
    public uint[] MplsLabels { get; init; } = [];

    /// <summary>Words that this version of the module does not know, as they came.</summary>
    public string? Other { get; init; }

    /// <summary>"2001:db8:ff::1 wg3", with the weight where the next hops do not share alike.</summary>
    public override string ToString()
    {
        string place = Gateway is null ? InterfaceName ?? "" : InterfaceName is null ? Gateway : $"{Gateway} {InterfaceName}";
        return Weight is null or 1 ? place : $"{place} x{Weight}";
    }
}
