using System.Net;
using WgNet.Netlink;

namespace WgNet.Bench;

/// <summary>A datagram of a dump of routes as the kernel writes it.</summary>
internal static class RouteDatagram
{
    public static byte[] Make(int messages)
    {
        var writer = new MessageWriter(new byte[messages * 128]);
        NetLinkNextHop[] one = [Hop(9, 2)], two = [Hop(9, 2), Hop(10, 3)];
        for (int i = 0; i < messages; i++)
        {
            var spec = new RouteSpec(IPNetwork.Parse(RouteWorld.Destination(i))) { NextHops = i % 10 == 9 ? two : one, Protocol = RouteProtocols.Bird };
            RouteCodec.WriteAdd(ref writer, spec, replace: false);
        }

        return writer.Written.ToArray();
    }

    private static NetLinkNextHop Hop(byte host, int index) => new() { Gateway = new IPAddress([10, 0, 0, host]), InterfaceIndex = index };
}
