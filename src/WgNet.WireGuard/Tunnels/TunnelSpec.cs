using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>A tunnel to make.</summary>
/// <param name="Name">The interface's name, 1 to 15 bytes.</param>
internal sealed record TunnelSpec(string Name)
{
    /// <summary>Where the interface shall be: the clear side. Null or '' is the caller's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>Where the UDP socket shall be: the encrypted side. Null: where the interface is.</summary>
    public string? TransportNamespace { get; init; }

    public WgBackend Backend { get; init; }

    /// <summary>What the device is to be: key, port, mark and, without its endpoint, the peer.</summary>
    public WgDeviceChange Device { get; init; } = new();

    /// <summary>Where the one peer of <see cref="Device"/> is; a host name is looked up in the transport namespace.</summary>
    public WgEndpoint? Endpoint { get; init; }

    /// <summary>Bytes; null is 1420, or less where the way to the endpoint carries less.</summary>
    public int? Mtu { get; init; }

    public IReadOnlyList<AddressSpec> Addresses { get; init; } = [];

    /// <summary>False leaves the interface down.</summary>
    public bool Up { get; init; } = true;
}
