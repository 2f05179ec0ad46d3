using System.Net;
using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>The MTU that spares a tunnel's packets from going in fragments outside.</summary>
internal static class UnderlayMtu
{
    /// <summary>What both back ends give a new interface (drivers/net/wireguard/device.c): Ethernet's 1500 less <see cref="Overhead"/>.</summary>
    private const int Usual = 1420;

    /// <summary>What IPv6 needs of every link (RFC 8200, section 5).</summary>
    private const int Least = 1280;

    /// <summary>Around each packet: IPv6 40, UDP 8, and WireGuard's own header and tag 32 bytes.</summary>
    private const int Overhead = 80;

    /// <summary>
    /// Bytes, from what the way to the endpoint carries: less than usual and not less than IPv6 needs; null where the usual will do. Never
    /// more than usual: a first link with jumbo frames says nothing of those behind it.
    /// </summary>
    /// <param name="transport">Where the encrypted packets go out.</param>
    /// <param name="endpoint">Where they go.</param>
    /// <param name="mark">Their mark; 0 is none.</param>
    public static int? Below(RouteSession transport, IPEndPoint endpoint, uint mark) =>
        RouteLookup.MtuTowards(transport, endpoint.Address, mark) is { } way && way - Overhead < Usual ? Math.Max(way - Overhead, Least) : null;
}
