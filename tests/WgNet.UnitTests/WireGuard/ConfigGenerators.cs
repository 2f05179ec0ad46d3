using CsCheck;

namespace WgNet.UnitTests.WireGuard;

/// <summary>Random configurations for properties.</summary>
internal static class ConfigGenerators
{
    private static readonly Gen<WgEndpoint> s_endpoint = Gen.OneOf(
        Generators.Endpoint.Select(WgEndpoint.From),
        Gen.Select(Gen.String["abcxyz-.0"].Where(name => name.Length > 0), Gen.UShort).Select((name, port) => new WgEndpoint(name, port)),
        Gen.UShort.Select(port => new WgEndpoint("fe80::1%eth0", port)));

    // Few keys and few prefixes, so that sections meet.
    private static readonly Gen<AllowedIP> s_allowed = Gen.OneOf(
        Generators.AllowedIP, Gen.Int[0, 7].Select(number => AllowedIP.Parse($"10.0.0.{number}")));

    public static readonly Gen<WgConfigPeer> Peer = PeerOf(Generators.PublicKey);

    public static readonly Gen<WgConfig> Config = Gen.Select(
        Generators.PrivateKey.Null(), Gen.UShort.Nullable(), Gen.UInt.Nullable(), Peer.Array[0, 5], Gen.Int[0, 9000].Nullable(),
        Gen.OneOf<string?>(null, "off", "auto", "42"), Gen.Bool.Nullable(), Gen.OneOf(new WgConfigHook("PostUp", "echo a # b = c"), new("PreDown", "x")).Array[0, 2])
        .Select((key, port, mark, peers, mtu, table, save, hooks) => new WgConfig
        {
            PrivateKey = key,
            ListenPort = port,
            FirewallMark = mark,
            Peers = peers,
            Mtu = mtu,
            Table = table,
            SaveConfig = save,
            Hooks = hooks,
        });

    public static Gen<WgConfigPeer> PeerOf(Gen<WgPublicKey> keys) => Gen.Select(
        keys, Generators.PresharedKey.Null(), s_endpoint.Null(), s_allowed.Array[0, 8], Gen.Bool.Array[8], Gen.UShort.Nullable())
        .Select((key, preshared, endpoint, allowed, removes, interval) =>
        {
            AllowedIP[] distinct = [.. allowed.Distinct()];
            bool keeps = removes[0] && distinct.Length > 0;
            return new WgConfigPeer
            {
                PublicKey = key,
                PresharedKey = preshared,
                Endpoint = endpoint,
                AllowedIPs = [.. distinct.Where((_, i) => !keeps || !removes[i])],
                RemovedAllowedIPs = [.. distinct.Where((_, i) => keeps && removes[i])],
                KeepsAllowedIPs = keeps,
                PersistentKeepalive = interval,
            };
        });
}
