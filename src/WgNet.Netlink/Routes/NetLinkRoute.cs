using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace WgNet;

/// <summary>A route in one of the kernel's tables.</summary>
/// <remarks>
/// A full table has a million of them. What they have in common is one object for all; the rest is kept as numbers, and the address and the
/// array of ways are made when they are asked for.
/// </remarks>
public sealed record NetLinkRoute
{
    private RouteTraits _traits = RouteTraits.None;

    // The address in network byte order; IPv4 in the lower half.
    private ulong _upper;
    private ulong _lower;
    private byte _length;
    private bool _isIPv4;

    public NetLinkRoute()
    {
    }

    [SetsRequiredMembers]
#pragma warning disable CS8618 // What is required stands in the traits.
    internal NetLinkRoute(RouteTraits traits, UInt128 address, bool isIPv4, int length, uint metric)
#pragma warning restore CS8618
    {
        _traits = traits;
        (_upper, _lower) = ((ulong)(address >> 64), (ulong)address);
        (_isIPv4, _length) = (isIPv4, (byte)length);
        Metric = metric;
    }

    /// <summary>The network namespace, as it was asked for; "" is the caller's own.</summary>
    public string Namespace
    {
        get => _traits.Namespace;
        init => _traits = _traits with { Namespace = value };
    }

    /// <summary>Where it leads; the default route is 0.0.0.0/0 or ::/0.</summary>
    public required IPNetwork Destination
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, _upper);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _lower);
            return new IPNetwork(new IPAddress(_isIPv4 ? bytes[12..] : bytes), _length);
        }

        init
        {
            Span<byte> bytes = stackalloc byte[16];
            _isIPv4 = value.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
            value.BaseAddress.TryWriteBytes(_isIPv4 ? bytes[12..] : bytes, out _);
            _upper = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            _lower = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
            _length = (byte)value.PrefixLength;
        }
    }

    /// <summary>The ways there: several share the traffic by their weights. Empty for routes that refuse. A copy: the route keeps its own.</summary>
    public NetLinkNextHop[] NextHops
    {
        get => [.. _traits.Ways];
        init => _traits = _traits with { Ways = [.. value] };
    }

    /// <summary>Who installed it: "bird", "kernel", "static", …; a number where it has no name.</summary>
    public required string Protocol
    {
        get => _traits.Protocol;
        init => _traits = _traits with { Protocol = value };
    }

    /// <summary>The kernel takes the route of the smallest metric.</summary>
    public uint Metric { get; init; }

    /// <summary>The table's name, "main" or "local"; its number where it has none.</summary>
    public required string Table
    {
        get => _traits.Table;
        init => _traits = _traits with { Table = value };
    }

    public NetLinkRouteType Type
    {
        get => _traits.Type;
        init => _traits = _traits with { Type = value };
    }

    /// <summary>The own address that new connections over this route use; null leaves it to the kernel.</summary>
    public IPAddress? PreferredSource
    {
        get => _traits.PreferredSource;
        init => _traits = _traits with { PreferredSource = value };
    }

    public NetLinkAddressScope Scope
    {
        get => _traits.Scope;
        init => _traits = _traits with { Scope = value };
    }

    /// <summary>The largest packet in bytes, where the route sets one.</summary>
    public int? Mtu
    {
        get => _traits.Mtu;
        init => _traits = _traits with { Mtu = value };
    }

    /// <summary>The number of the next hop object that it uses; null for none.</summary>
    public uint? NextHopId
    {
        get => _traits.NextHopId;
        init => _traits = _traits with { NextHopId = value };
    }

    /// <summary>The ways, to look at only.</summary>
    internal ReadOnlySpan<NetLinkNextHop> Ways => _traits.Ways;

    /// <summary>Whether all values are equal, the ways in their order.</summary>
    public bool Equals(NetLinkRoute? other) => other is not null
        && _upper == other._upper && _lower == other._lower && _length == other._length && _isIPv4 == other._isIPv4
        && Metric == other.Metric && _traits.Equals(other._traits);

    public override int GetHashCode() => HashCode.Combine(_upper, _lower, _length, Metric);

    public override string ToString() =>
        $"{(Type == NetLinkRouteType.Unicast ? "" : Type.ToString().ToLowerInvariant() + " ")}{Destination} {string.Join(", ", _traits.Ways.Select(hop => hop.ToString()))}".TrimEnd();
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
