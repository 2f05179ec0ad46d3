using System.Net.Sockets;

namespace WgNet;

internal static class NetAddressFamilies
{
    public static AddressFamily Core(this NetAddressFamily? family) => family switch
    {
        NetAddressFamily.IPv4 => AddressFamily.InterNetwork,
        NetAddressFamily.IPv6 => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };
}
