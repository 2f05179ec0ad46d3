using System.Net;
using System.Net.Sockets;
using CsCheck;
using WgNet.Netlink;

namespace WgNet.UnitTests.Netlink;

/// <summary>What the properties are tried on.</summary>
internal static class NetlinkGenerators
{
    private static readonly Gen<IPAddress> s_ipv4 = Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes));

    private static readonly Gen<IPAddress> s_ipv6 = Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes));

    public static readonly Gen<IPAddress> Address = Gen.OneOf(s_ipv4, s_ipv6);

    public static readonly Gen<AddressSpec> AddressSpec =
        Gen.Select(Address, Gen.Int[0, 128], Gen.Bool, Gen.UInt[0, 0xfff]).Select((address, length, peer, flags) =>
            new AddressSpec(address, Math.Min(length, Bits(address)))
            {
                Peer = peer ? Other(address) : null,
                Flags = (NetLinkAddressFlags)flags,
                Scope = NetLinkAddressScope.Link,
            });

    public static readonly Gen<RouteSpec> Route =
        Gen.Select(Address, Gen.Int[0, 128], Gen.UInt, Gen.UInt[1, uint.MaxValue], Gen.Byte, Gen.Int[0, 6], Gen.Int[68, 65535].Nullable()).SelectMany((address, length, metric, table, protocol, ways, mtu) =>
            NextHop(address.AddressFamily).Array[ways].Select(hops => new RouteSpec(IPNetworks.Masked(address, Math.Min(length, Bits(address))))
            {
                NextHops = hops,
                Metric = metric,
                Table = table,
                Protocol = protocol,
                Type = NetLinkRouteType.Unicast,
                PreferredSource = ways % 2 == 0 ? Other(address) : null,
                Mtu = mtu,
            }));

    private static Gen<NetLinkNextHop> NextHop(AddressFamily family) =>
        Gen.Select(family == AddressFamily.InterNetwork ? Address : s_ipv6, Gen.Bool, Gen.Int[1, int.MaxValue], Gen.Int[1, 256], Gen.Bool).Select((gateway, direct, index, weight, onLink) => new NetLinkNextHop
        {
            Gateway = direct ? null : gateway,
            InterfaceIndex = index,
            Weight = weight,
            OnLink = onLink,
        });

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    // Another address of the same family.
    private static IPAddress Other(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        bytes[^1] ^= 1;
        return new IPAddress(bytes);
    }
}
