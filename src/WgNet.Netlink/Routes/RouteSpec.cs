using System.Net;
using System.Net.Sockets;

namespace WgNet.Netlink;

/// <summary>A route to make, or to tell from others when it is to be removed.</summary>
/// <param name="Destination">Where it leads.</param>
public sealed record RouteSpec(IPNetwork Destination)
{
    /// <summary>The ways there, with the index of the link where it matters. Empty for types that refuse.</summary>
    public IReadOnlyList<NetLinkNextHop> NextHops { get; init; } = [];

    /// <summary>Null leaves it to the kernel: 0 for IPv4, 1024 for IPv6.</summary>
    public uint? Metric { get; init; }

    public uint Table { get; init; } = RouteTables.Main;

    public byte Protocol { get; init; } = RouteProtocols.Static;

    public NetLinkRouteType Type { get; init; } = NetLinkRouteType.Unicast;

    public IPAddress? PreferredSource { get; init; }

    public int? Mtu { get; init; }

    /// <summary>A next hop object to use instead of <see cref="NextHops"/>.</summary>
    public uint? NextHopId { get; init; }

    public override string ToString() => Destination.ToString();

    /// <summary>Reads "10.0.0.0/8", an address alone, or "default" of a family. Fault "InvalidDestination".</summary>
    public static IPNetwork ParseDestination(string text, AddressFamily family)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "default")
        {
            return family switch
            {
                AddressFamily.InterNetwork => new IPNetwork(IPAddress.Any, 0),
                AddressFamily.InterNetworkV6 => new IPNetwork(IPAddress.IPv6Any, 0),
                _ => throw new FaultException("InvalidDestination", FaultKind.InvalidArgument, "Write the default route as 0.0.0.0/0 or ::/0 where no gateway tells its family.", text),
            };
        }

        AddressSpec address;
        try
        {
            address = AddressSpec.Parse(text);
        }
        catch (FaultException caught)
        {
            throw new FaultException("InvalidDestination", FaultKind.InvalidArgument, $"'{text}' is not a destination, such as 10.0.0.0/8, 2001:db8::/32 or default.", text, caught);
        }

        IPNetwork network = IPNetworks.Masked(address.Address, address.PrefixLength);
        return network.BaseAddress.Equals(address.Address)
            ? network
            : throw new FaultException("InvalidDestination", FaultKind.InvalidArgument, $"'{text}' has bits behind its prefix. Did you mean {network}?", text);
    }
}

/// <summary>Networks from addresses.</summary>
internal static class IPNetworks
{
    /// <summary>The network of a prefix length (which must fit the family) that an address is in.</summary>
    public static IPNetwork Masked(IPAddress address, int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int count);
        for (int i = 0; i < count; i++)
        {
            int kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff00 >> kept);
        }

        return new IPNetwork(new IPAddress(bytes[..count]), length);
    }
}
