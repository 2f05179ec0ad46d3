using System.Net;
using WgNet.WireGuard;

namespace WgNet.UnitTests.WireGuard;

/// <summary>A device as `wg show NAME dump` prints it (wireguard-tools show.c), to be compared with what it did print.</summary>
internal static class WgDump
{
    private const string None = "(none)";

    public static string Of(WgDevice device) => string.Concat(Lines(device).Select(line => line + "\n"));

    public static IEnumerable<string> Lines(WgDevice device) =>
    [
        Row(device.PrivateKey?.Reveal() ?? None, device.PublicKey?.ToString() ?? None, device.ListenPort,
            device.FirewallMark == 0 ? "off" : $"0x{device.FirewallMark:x}"),
        .. device.Peers.Select(Line),
    ];

    private static string Line(WgPeerState peer) => Row(
        peer.PublicKey,
        peer.PresharedKey?.Reveal() ?? None,
        peer.Endpoint is null ? None : Text(peer.Endpoint),
        peer.AllowedIPs.Length == 0 ? None : string.Join(',', peer.AllowedIPs),
        peer.LatestHandshake?.ToUnixTimeSeconds() ?? 0,
        peer.ReceivedBytes,
        peer.SentBytes,
        peer.PersistentKeepalive == 0 ? "off" : peer.PersistentKeepalive);

    // The loopback has index 1 in every namespace.
    private static string Text(IPEndPoint endpoint) => endpoint.ToString().Replace("%1]", "%lo]", StringComparison.Ordinal);

    private static string Row(params object[] fields) => string.Join('\t', fields);
}
