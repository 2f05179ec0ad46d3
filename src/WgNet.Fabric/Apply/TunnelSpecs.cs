using WgNet.Netlink;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Fabric;

/// <summary>Tunnels of the plan as the WireGuard layer makes them.</summary>
internal static class TunnelSpecs
{
    public static TunnelSpec Of(GatewayPlace place, WgFabricTunnel tunnel, WgPrivateKey key, IReadOnlyDictionary<string, WgPresharedKey> preshared) => new(tunnel.Name)
    {
        Namespace = place.PrivateNamespace,
        TransportNamespace = place.PublicNamespace,
        Backend = place.Backend,
        Device = new WgDeviceChange
        {
            PrivateKey = key,
            ListenPort = (ushort)tunnel.ListenPort,
            Peers = [Peer(tunnel, preshared)],
        },
        Endpoint = tunnel.Endpoint,
        Mtu = tunnel.Mtu,
        Addresses = [.. tunnel.Address.Select(AddressSpec.Parse)],
    };

    /// <summary>The other end, without its endpoint.</summary>
    public static WgPeerChange Peer(WgFabricTunnel tunnel, IReadOnlyDictionary<string, WgPresharedKey> preshared) => new()
    {
        PublicKey = tunnel.PeerPublicKey!,
        PresharedKey = preshared.GetValueOrDefault(tunnel.PeerGateway),
        PersistentKeepalive = (ushort)tunnel.PersistentKeepalive,
        ReplaceAllowedIPs = true,
        AllowedIPs = AllowedIP.Everything,
    };
}
