using System.Net;
using System.Net.Sockets;

namespace WgNet.Fabric;

/// <summary>Derives the tunnels of gateways. Streams: a fabric of a thousand gateways has a million tunnel ends.</summary>
internal static class FabricTunnels
{
    /// <summary>What BGP sessions of IPv6 are called, before the other gateway's name.</summary>
    public const string SessionPrefix6 = "IBGP_";

    /// <summary>The same of IPv4.</summary>
    public const string SessionPrefix4 = "IBGP4_";

    /// <summary>What a gateway behind NAT sends in seconds, where the fabric does not say: routers forget a silent UDP flow after 30 s and more.</summary>
    private const int NatKeepalive = 25;

    /// <summary>The tunnels of one gateway, by the number of the gateway at the other end.</summary>
    public static IEnumerable<WgFabricTunnel> Of(WgFabric fabric, WgFabricGateway gateway) =>
        Peers(fabric, gateway).Select(peer => Between(fabric, gateway, peer));

    /// <summary>The gateways that this one has tunnels to, by number.</summary>
    public static IEnumerable<WgFabricGateway> Peers(WgFabric fabric, WgFabricGateway gateway) =>
        fabric.ByNumber.Where(peer => fabric.Joins.Join(gateway, peer));

    /// <summary>The joined gateways whose pair has the highest number; null: none are joined.</summary>
    public static (WgFabricGateway One, WgFabricGateway Other)? HighestPair(WgFabric fabric)
    {
        WgFabricGateway[] downward = [.. fabric.ByNumber.Reverse()];
        (WgFabricGateway One, WgFabricGateway Other)? highest = null;
        long most = -1;
        for (int i = 0; i < downward.Length; i++)
        {
            // Pairs are counted by the later gateway, but for the first fifteen: no later one can be above what was found.
            if (most >= PairNumber.BelowFounders)
                break;
            for (int j = i + 1; j < downward.Length; j++)
            {
                if (!fabric.Joins.Join(downward[i], downward[j]))
                    continue;
                long number = PairNumber.Of(downward[i].Number, downward[j].Number);
                if (number > most)
                    (highest, most) = ((downward[i], downward[j]), number);
                if (number >= PairNumber.BelowFounders)
                    break;
            }
        }

        return highest;
    }

    /// <summary>The end of a tunnel that is on <paramref name="gateway"/>.</summary>
    public static WgFabricTunnel Between(WgFabric fabric, WgFabricGateway gateway, WgFabricGateway peer)
    {
        long pair = PairNumber.Of(gateway.Number, peer.Number);
        bool odd = gateway.Number > peer.Number;
        bool ipv6 = fabric.Pool.HasIPv6, ipv4 = fabric.Pool.HasIPv4;
        int families = (ipv6 ? 1 : 0) + (ipv4 ? 1 : 0);
        string[] own = new string[families], far = new string[families], sessions = new string[families];
        if (ipv6)
        {
            own[0] = $"{Address(fabric, AddressFamily.InterNetworkV6, pair, odd)}/127";
            far[0] = Address(fabric, AddressFamily.InterNetworkV6, pair, !odd).ToString();
            sessions[0] = peer.Session;
        }

        if (ipv4)
        {
            own[^1] = $"{Address(fabric, AddressFamily.InterNetwork, pair, odd)}/31";
            far[^1] = Address(fabric, AddressFamily.InterNetwork, pair, !odd).ToString();
            sessions[^1] = peer.Session4;
        }

        return new WgFabricTunnel
        {
            Gateway = gateway.Name,
            Site = gateway.Site,
            Name = fabric.InterfaceTo(peer),
            Namespace = fabric.PrivateNamespace,
            TransportNamespace = fabric.PublicNamespace,
            ListenPort = fabric.BasePort + peer.Number,
            PublicKey = gateway.PublicKey,
            PeerGateway = peer.Name,
            PeerSite = peer.Site,
            PeerPublicKey = peer.PublicKey,
            Endpoint = peer.Reach?.At((ushort)(fabric.BasePort + gateway.Number)),
            Address = own,
            PeerAddress = far,
            LocalAS = gateway.ASNumber,
            PeerAS = peer.ASNumber,
            Mtu = fabric.Mtu,
            PersistentKeepalive = fabric.PersistentKeepalive ?? (gateway.BehindNat ? NatKeepalive : 0),
            PresharedKey = fabric.PresharedKeys,
            BirdProtocols = sessions,
        };
    }

    // The file's check has asked for the highest pair already: this is for a fabric that was made otherwise.
    private static IPAddress Address(WgFabric fabric, AddressFamily family, long pair, bool odd) => fabric.Pool.Find(family, pair, odd)
        ?? throw new FaultException("FabricPoolExhausted", FaultKind.InvalidArgument,
            $"The {(family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} tunnel pool has no {pair + 1} pairs of addresses. Put another one behind it.", fabric.Name);
}
