using System.Net;
using WgNet.Netlink;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Fabric;

/// <summary>A tunnel of the fabric's as it is on the gateway: with what it takes to make it again.</summary>
/// <param name="Located">The interface and its back end.</param>
/// <param name="Device">The device, keys included.</param>
/// <param name="Addresses">The interface's addresses.</param>
/// <param name="Transport">The namespace of its UDP socket; null: not known.</param>
internal sealed record TunnelState(LocatedTunnel Located, WgDevice Device, IReadOnlyList<NetLinkAddress> Addresses, NamespaceIdentity? Transport)
{
    public NetLink Link => Located.Link;

    public string Name => Link.Name;

    /// <summary>What makes a tunnel like this one; its session with the peer is another, though.</summary>
    public TunnelSpec ToSpec(string ns, string? transport) => new(Name)
    {
        Namespace = ns,
        TransportNamespace = transport,
        Backend = Located.Backend,
        Device = new WgDeviceChange
        {
            PrivateKey = Device.PrivateKey,
            ListenPort = Device.ListenPort,
            FirewallMark = Device.FirewallMark,
            Peers = [.. Device.Peers.Select(peer => Again(peer) with { UpdateOnly = false })],
        },
        Mtu = Link.Mtu,
        Addresses = [.. Addresses.Where(address => !IsLinkLocal(address.Address)).Select(Spec)],
        Up = Link.State == NetLinkState.Up,
    };

    /// <summary>What makes a peer what it was.</summary>
    public static WgPeerChange Again(WgPeerState peer) => new()
    {
        PublicKey = peer.PublicKey,
        PresharedKey = peer.PresharedKey ?? WgPresharedKey.None(),
        Endpoint = peer.Endpoint,
        PersistentKeepalive = peer.PersistentKeepalive,
        ReplaceAllowedIPs = true,
        AllowedIPs = peer.AllowedIPs,
    };

    public static AddressSpec Spec(NetLinkAddress address) => new(address.Address, address.PrefixLength)
    {
        Peer = address.Peer,
        Scope = address.Scope,
        Flags = NetLinkAddressFlags.NoDad,
    };

    private static bool IsLinkLocal(IPAddress address) => address.IsIPv6LinkLocal;
}
