using System.Globalization;
using System.Text;

namespace WgNet.WireGuard;

/// <summary>Writes a configuration as `wg showconf` prints it, secrets and all; wg-quick's settings follow those of the device.</summary>
internal static class ConfigWriter
{
    public static string Write(WgConfig config)
    {
        var text = new StringBuilder("[Interface]\n");
        Setting(text, "ListenPort", config.ListenPort);
        Setting(text, "FwMark", config.FirewallMark is { } mark ? $"0x{mark:x}" : null);
        Setting(text, "PrivateKey", config.PrivateKey?.Reveal());
        Setting(text, "Address", List(config.Address));
        Setting(text, "DNS", List(config.Dns));
        Setting(text, "MTU", config.Mtu);
        Setting(text, "Table", config.Table);
        Setting(text, "SaveConfig", config.SaveConfig is { } save ? (save ? "true" : "false") : null);
        foreach (WgConfigHook hook in config.Hooks)
            Setting(text, hook.Event, hook.Command);
        text.Append('\n');
        text.AppendJoin('\n', config.Peers.Select(Peer));
        return text.ToString();
    }

    /// <summary>What a device says of itself, as a configuration.</summary>
    public static WgConfig Of(WgDevice device) => new()
    {
        PrivateKey = device.PrivateKey,
        ListenPort = device.ListenPort == 0 ? null : device.ListenPort,
        FirewallMark = device.FirewallMark == 0 ? null : device.FirewallMark,
        Peers =
        [
            .. device.Peers.Select(peer => new WgConfigPeer
            {
                PublicKey = peer.PublicKey,
                PresharedKey = peer.PresharedKey,
                Endpoint = peer.Endpoint is null ? null : WgEndpoint.From(peer.Endpoint),
                AllowedIPs = peer.AllowedIPs,
                PersistentKeepalive = peer.PersistentKeepalive == 0 ? null : peer.PersistentKeepalive,
            }),
        ],
    };

    private static string Peer(WgConfigPeer peer)
    {
        var text = new StringBuilder("[Peer]\n");
        Setting(text, "PublicKey", peer.PublicKey);
        Setting(text, "PresharedKey", peer.PresharedKey?.Reveal());
        string sign = peer.KeepsAllowedIPs ? "+" : "";
        Setting(text, "AllowedIPs", List([.. peer.AllowedIPs.Select(allowed => $"{sign}{allowed}"), .. Removed(peer)]));
        Setting(text, "Endpoint", peer.Endpoint);
        Setting(text, "PersistentKeepalive", peer.PersistentKeepalive);
        return text.ToString();
    }

    // Beside prefixes that replace the peer's own there is nothing to take away.
    private static IEnumerable<string> Removed(WgConfigPeer peer) =>
        peer.KeepsAllowedIPs ? peer.RemovedAllowedIPs.Select(allowed => $"-{allowed}") : [];

    private static string? List(string[] items) => items.Length == 0 ? null : string.Join(", ", items);

    private static void Setting(StringBuilder text, string name, object? value)
    {
        if (value is null)
            return;
        string line = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        if (line.Contains('\n'))
            throw new FaultException("InvalidConfig", FaultKind.InvalidArgument, $"{name} holds a line break: it would become a setting of its own.", name);
        text.Append(name).Append(" = ").Append(line).Append('\n');
    }
}
