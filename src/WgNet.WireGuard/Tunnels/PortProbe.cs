using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>
/// Tells whether a UDP port is free before WireGuard is asked to take it: wireguard-go closes its old socket before it opens the new one,
/// so that a port in use would cost the tunnel its socket.
/// </summary>
internal static class PortProbe
{
    /// <summary>Fault "PortInUse" where a socket of either family has the port in that namespace, on whatever address: the wildcard could not be bound.</summary>
    public static void Check(int port, NetNamespaceHandle transport)
    {
        // Looked up, not tried: a socket of ours on the port would go to every program that starts meanwhile, until that closes it.
        if (port == 0 || !UdpTable.HasPort(transport, port))
            return;
        string where = transport.Name.Length == 0 ? "" : $" in namespace '{transport.Name}'";
        throw new FaultException("PortInUse", FaultKind.Unavailable,
            $"UDP port {port} is in use{where}: nothing was changed. Choose another -ListenPort, or 0 for any.", port);
    }
}
