using System.Globalization;
using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>The open UDP ports of a namespace, from /proc/net/udp and udp6 (proc(5)).</summary>
internal static class UdpTable
{
    /// <summary>Whether a socket of either family is bound to the port.</summary>
    public static bool HasPort(NetNamespaceHandle ns, int port) => ns.Run(() => Contains("udp", port) || Contains("udp6", port));

    private static bool Contains(string table, int port)
    {
        string path = $"/proc/thread-self/net/{table}";
        if (!File.Exists(path))
            return false;

        // "  512: 00000000:16AB 00000000:0000 07 …": the local address and port stand second, in hexadecimal.
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] fields = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 3 && int.TryParse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int local) && local == port)
                return true;
        }

        return false;
    }
}
