using System.Net.Sockets;

namespace WgNet;

/// <summary>The two families of IP addresses, as users choose between them.</summary>
public enum NetAddressFamily
{
    IPv4,
    IPv6,
}

internal static class NetAddressFamilies
{
    public static AddressFamily Core(this NetAddressFamily? family) => family switch
    {
        NetAddressFamily.IPv4 => AddressFamily.InterNetwork,
        NetAddressFamily.IPv6 => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };
}
