using System.Net;
using CsCheck;
using WgNet.WireGuard;

namespace WgNet.UnitTests.WireGuard;

/// <summary>Random devices and changes for properties.</summary>
internal static class Generators
{
    public static readonly Gen<WgPublicKey> PublicKey = Gen.Byte.Array[32].Select(bytes => new WgPublicKey(bytes));

    public static readonly Gen<WgPrivateKey> PrivateKey = Gen.Byte.Array[32].Where(bytes => bytes.Any(b => b != 0)).Select(bytes =>
    {
        byte[] clamped = new byte[32];
        new WgPrivateKey(bytes).CopyClamped(clamped);
        return new WgPrivateKey(clamped);
    });

    public static readonly Gen<WgPresharedKey> PresharedKey =
        Gen.Byte.Array[32].Where(bytes => bytes.Any(b => b != 0)).Select(bytes => new WgPresharedKey(bytes));

    public static readonly Gen<IPAddress> Address = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Select(bytes => new IPAddress(bytes));

    public static readonly Gen<AllowedIP> AllowedIP = Gen.Select(Address, Gen.Int[0, 128]).Select((address, length) =>
        new AllowedIP(address, address.GetAddressBytes().Length == 4 ? length / 4 : length));

    public static readonly Gen<IPEndPoint> Endpoint = Gen.Select(Address, Gen.UShort).Select((address, port) => new IPEndPoint(address, port));

    public static readonly Gen<WgPeerState> Peer =
        Gen.Select(PublicKey, PresharedKey.Null(), Endpoint.Null(), AllowedIP.Array[0, 12], Gen.UShort).Select((key, psk, endpoint, ips, keepalive) =>
            new WgPeerState { PublicKey = key, PresharedKey = psk, Endpoint = endpoint, AllowedIPs = [.. ips.Distinct()], PersistentKeepalive = keepalive });

    /// <summary>A device whose allowed IPs belong to one peer each, as the kernel sees to.</summary>
    public static readonly Gen<WgDevice> Device =
        Gen.Select(PrivateKey.Null(), Gen.UShort, Gen.UInt, Peer.Array[0, 8]).Select((key, port, mark, peers) => new WgDevice
        {
            PrivateKey = key,
            PublicKey = key?.GetPublicKey(),
            ListenPort = port,
            FirewallMark = mark,
            Peers = Disjoint(peers),
        });

    /// <summary>The change that makes any device like this one.</summary>
    public static WgDeviceChange ChangeTo(WgDevice device) => new()
    {
        PrivateKey = device.PrivateKey ?? new WgPrivateKey(new byte[32]),
        ListenPort = device.ListenPort,
        FirewallMark = device.FirewallMark,
        ReplacePeers = true,
        Peers =
        [
            .. device.Peers.Select(peer => new WgPeerChange
            {
                PublicKey = peer.PublicKey,
                PresharedKey = peer.PresharedKey,
                Endpoint = peer.Endpoint,
                PersistentKeepalive = peer.PersistentKeepalive,
                ReplaceAllowedIPs = true,
                AllowedIPs = peer.AllowedIPs,
            }),
        ],
    };

    private static WgPeerState[] Disjoint(WgPeerState[] peers)
    {
        var taken = new HashSet<AllowedIP>();
        return [.. peers.DistinctBy(peer => peer.PublicKey).Select(peer => peer with { AllowedIPs = [.. peer.AllowedIPs.Where(taken.Add)] })];
    }
}
