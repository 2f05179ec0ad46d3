using System.Net;

namespace WgNet;

/// <summary>What many routes have in common. Never changed once made: routes share it.</summary>
internal sealed record RouteTraits
{
    public static RouteTraits None { get; } = new();

    public string Namespace { get; init; } = "";

    public string Protocol { get; init; } = "";

    public string Table { get; init; } = "";

    public NetLinkRouteType Type { get; init; }

    public NetLinkAddressScope Scope { get; init; }

    public IPAddress? PreferredSource { get; init; }

    public int? Mtu { get; init; }

    public uint? NextHopId { get; init; }

    public NetLinkNextHop[] Ways { get; init; } = [];

    public bool Equals(RouteTraits? other) => ReferenceEquals(this, other) || (other is not null
        && Namespace == other.Namespace && Protocol == other.Protocol && Table == other.Table && Type == other.Type && Scope == other.Scope
        && Equals(PreferredSource, other.PreferredSource) && Mtu == other.Mtu && NextHopId == other.NextHopId
        && Ways.AsSpan().SequenceEqual(other.Ways));

    public override int GetHashCode() => HashCode.Combine(Namespace, Protocol, Table, Type);
}
