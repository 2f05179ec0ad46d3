using System.Net;
using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>
/// Tells whether a UDP port is free before WireGuard is asked to take it: wireguard-go closes its old socket before it opens the new one,
/// so that a port in use would cost the tunnel its socket.
/// </summary>
internal static class PortProbe
{
    /// <summary>Fault "PortInUse" where either family's wildcard port cannot be bound in that namespace.</summary>
    public static void Check(int port, NetNamespaceHandle transport)
    {
        if (port == 0)
            return;
        foreach (AddressFamily family in new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 })
        {
            SocketError result = transport.Run(() => TryBind(family, port));
            if (result == SocketError.AddressAlreadyInUse)
            {
                string where = transport.Name.Length == 0 ? "" : $" in namespace '{transport.Name}'";
                throw new FaultException("PortInUse", FaultKind.Unavailable,
                    $"UDP port {port} is in use{where}: nothing was changed. Choose another -ListenPort, or 0 for any.", port);
            }
        }
    }

    // A family that the machine lacks, or a privileged port, is for WireGuard itself to tell.
    private static SocketError TryBind(AddressFamily family, int port)
    {
        try
        {
            using Socket socket = new(family, SocketType.Dgram, ProtocolType.Udp);
            if (family == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, port));
            return SocketError.Success;
        }
        catch (SocketException caught)
        {
            return caught.SocketErrorCode;
        }
    }
}
