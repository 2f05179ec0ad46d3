using System.Net;
using System.Net.Sockets;

namespace WgNet.Netlink;

/// <summary>Which routes to list; what is null does not matter. What the kernel can choose, it chooses.</summary>
public sealed record RouteFilter
{
    public AddressFamily Family { get; init; } = AddressFamily.Unspecified;

    public uint? Table { get; init; }

    /// <summary>A table to leave out.</summary>
    public uint? ExceptTable { get; init; }

    public byte? Protocol { get; init; }

    /// <summary>One of several protocols.</summary>
    public IReadOnlySet<byte>? Protocols { get; init; }

    public NetLinkRouteType? Type { get; init; }

    /// <summary>The link that one of the ways goes by; a name that no link has matches nothing.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Routes to exactly one of these.</summary>
    public IReadOnlySet<IPNetwork>? Destinations { get; init; }
}
