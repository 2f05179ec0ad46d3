using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>Puts together what the link, the addresses and the device say of one tunnel.</summary>
internal static class TunnelReader
{
    public static IWgDevice Device(NetNamespaceHandle ns, LocatedTunnel located) => located.Userspace is { } userspace
        ? WgDevices.Userspace(userspace.SocketPath)
        : WgDevices.Kernel(ns, located.Link.Name);

    public static WgTunnel Read(
        NetNamespaceHandle ns, RouteSession session, LocatedTunnel located, IWgDevice channel, Func<IReadOnlyDictionary<NamespaceIdentity, string>> names, CancellationToken cancel)
    {
        NetLink link = located.Link;
        string? transport = null;
        string[] addresses = [];
        WgDevice device = channel.Read(LookUp, cancel);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        void LookUp()
        {
            transport = Transport(ns, located, names);
            addresses = [.. Addresses.List(session, link, cancel: cancel).Where(address => !IsLinkLocal(address)).Select(address => address.ToString())];
        }

        return new WgTunnel
        {
            Name = link.Name,
            Namespace = ns.Name,
            TransportNamespace = transport,
            PublicKey = device.PublicKey,
            ListenPort = device.ListenPort,
            FirewallMark = device.FirewallMark,
            Mtu = link.Mtu,
            State = link.State,
            Address = addresses,
            Peers = Array.ConvertAll(device.Peers, peer => Peer(link.Name, ns.Name, peer, now)),
            Backend = located.Backend,
            Index = link.Index,
            UapiSocket = located.Userspace?.SocketPath,
            ProcessId = located.Userspace?.ProcessId,
        };
    }

    private static WgPeer Peer(string tunnel, string ns, WgPeerState peer, DateTimeOffset now) => new()
    {
        Tunnel = tunnel,
        Namespace = ns,
        PublicKey = peer.PublicKey,
        Endpoint = peer.Endpoint is null ? null : WgEndpoint.From(peer.Endpoint),
        AllowedIPs = peer.AllowedIPs,
        LatestHandshake = peer.LatestHandshake,

        // A clock set back must not make a handshake of the future.
        HandshakeAge = peer.LatestHandshake is { } at ? (now > at ? now - at : TimeSpan.Zero) : null,
        ReceivedBytes = peer.ReceivedBytes,
        SentBytes = peer.SentBytes,
        PersistentKeepalive = peer.PersistentKeepalive,
        HasPresharedKey = peer.PresharedKey is not null,
    };

    private static string? Transport(NetNamespaceHandle ns, LocatedTunnel located, Func<IReadOnlyDictionary<NamespaceIdentity, string>> names)
    {
        if (located.Userspace is { } userspace)
        {
            return userspace.Transport == ns.Identity ? ns.Name
                : names().TryGetValue(userspace.Transport, out string? name) ? name
                : $"pid:{userspace.ProcessId}";
        }

        return TransportRecord.Parse(located.Link.Alias)?.Locate(ns);
    }

    private static bool IsLinkLocal(NetLinkAddress address) => address.Address.AddressFamily == AddressFamily.InterNetworkV6 && address.Address.IsIPv6LinkLocal;
}
