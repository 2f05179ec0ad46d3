using System.Net;
using CsCheck;
using WgNet.WireGuard;
using WgNet.WireGuard.Kernel;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>Configurations applied to a fake kernel, compared with what wg(8) does: one section after the other.</summary>
public sealed class ConfigChangeTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    // Few keys, so that sections and what is there meet.
    private static readonly Gen<WgConfig> s_config = ConfigGenerators.PeerOf(Gen.Int[1, 4].Select(Key)).Array[0, 6].SelectMany(peers =>
        Gen.Select(Generators.PrivateKey.Null(), Gen.UShort[1, 65535], Gen.UInt.Nullable()).Select((key, port, mark) =>
            new WgConfig { PrivateKey = key, ListenPort = port, FirewallMark = mark, Peers = [.. peers.Select(Plain)] }));

    [Fact]
    public void Replace_does_what_setconf_does() => Gen.Select(s_config, s_config).Sample((before, config) =>
        Assert.Equal(Lines(AsWg(Start(before), config, replace: true).State), Lines(Applied(Start(before), config, WgConfigMode.Replace).State)), iter: 300);

    [Fact]
    public void Add_does_what_addconf_does() => Gen.Select(s_config, s_config).Sample((before, config) =>
        Assert.Equal(Lines(AsWg(Start(before), config, replace: false).State), Lines(Applied(Start(before), config, WgConfigMode.Add).State)), iter: 300);

    [Fact]
    public void Sync_ends_where_a_replacement_ends_and_then_has_nothing_to_do() => Gen.Select(s_config, s_config).Sample((before, config) =>
    {
        // With signs the two differ by intent: a replacement has nothing to keep. So they do where the text is silent.
        WgConfig whole = config with
        {
            PrivateKey = config.PrivateKey ?? WgPrivateKey.None(),
            FirewallMark = config.FirewallMark ?? 0,
            Peers = [.. config.Peers.Select(peer => peer with
            {
                KeepsAllowedIPs = false,
                Endpoint = peer.Endpoint ?? new WgEndpoint("192.0.2.1", 1),
                PresharedKey = peer.PresharedKey ?? WgPresharedKey.None(),
                PersistentKeepalive = peer.PersistentKeepalive ?? 0,
            })],
        };
        FakeKernel synced = Applied(Start(before), whole, WgConfigMode.Sync);
        Assert.Equal(Lines(Applied(Start(before), whole, WgConfigMode.Replace).State), Lines(synced.State));
        Assert.True(Change(synced.State, whole, WgConfigMode.Sync).IsEmpty);
    }, iter: 300);

    [Fact]
    public void Sync_leaves_an_unchanged_peer_and_its_roamed_endpoint_alone()
    {
        WgPeerState state = Alive() with { LatestHandshake = s_now.AddSeconds(-179) };
        Assert.True(Sync(state, Peer()).IsEmpty);
        WgPeerChange dead = Assert.Single(Sync(state with { LatestHandshake = s_now.AddSeconds(-181) }, Peer()).Peers);
        Assert.Equal(IPEndPoint.Parse("192.0.2.1:1"), dead.Endpoint);
    }

    [Fact]
    public void Sync_changes_only_what_differs()
    {
        WgPeerChange added = Assert.Single(Sync(Alive(), Peer() with { AllowedIPs = [AllowedIP.Parse("10.0.0.1"), AllowedIP.Parse("10.0.0.2")] }).Peers);
        Assert.False(added.ReplaceAllowedIPs);
        Assert.Equal("10.0.0.2/32", Assert.Single(added.AllowedIPs).ToString());
    }

    [Fact]
    public void Sync_takes_no_value_away_on_which_the_text_is_silent()
    {
        WgPeerState state = Alive() with { PresharedKey = WgPresharedKey.Generate(), PersistentKeepalive = 5 };
        var device = new WgDevice { PrivateKey = WgPrivateKey.Generate(), ListenPort = 5, FirewallMark = 7, Peers = [state] };
        Assert.True(Change(device, new WgConfig { Peers = [Peer()] }, WgConfigMode.Sync).IsEmpty);

        WgConfigPeer said = Peer() with { PresharedKey = WgPresharedKey.None(), PersistentKeepalive = 0 };
        WgDeviceChange change = Change(device, new WgConfig { PrivateKey = WgPrivateKey.None(), FirewallMark = 0, Peers = [said] }, WgConfigMode.Sync);
        Assert.True(change.PrivateKey!.IsZero);
        Assert.Equal(0u, change.FirewallMark);
        WgPeerChange cleared = Assert.Single(change.Peers);
        Assert.True(cleared.PresharedKey!.IsZero);
        Assert.Equal((ushort?)0, cleared.PersistentKeepalive);
        Assert.Null(cleared.Endpoint);
    }

    [Fact]
    public void Sync_removes_peers_last_and_keeps_a_port_that_the_text_leaves_open()
    {
        var device = new WgDevice { ListenPort = 40000, Peers = [Alive()] };
        WgDeviceChange change = Change(device, new WgConfig { Peers = [Peer() with { PublicKey = Key(2) }] }, WgConfigMode.Sync);
        Assert.Null(change.ListenPort);
        Assert.Equal([Key(2), Key(1)], change.Peers.Select(peer => peer.PublicKey));
        Assert.Equal([false, true], change.Peers.Select(peer => peer.Remove));
    }

    [Theory]
    [InlineData(WgConfigMode.Add)]
    [InlineData(WgConfigMode.Sync)]
    public void A_minus_takes_one_prefix_away_on_every_back_end(WgConfigMode mode)
    {
        WgPeerState state = Alive() with { AllowedIPs = [AllowedIP.Parse("10.0.0.1"), AllowedIP.Parse("10.0.0.2")] };
        WgConfigPeer section = Peer() with { AllowedIPs = [], RemovedAllowedIPs = [AllowedIP.Parse("10.0.0.2")], KeepsAllowedIPs = true, Endpoint = null };
        WgPeerChange change = Assert.Single(Change(new WgDevice { Peers = [state] }, new WgConfig { Peers = [section] }, mode).Peers);
        Assert.True(change.ReplaceAllowedIPs);
        Assert.Equal("10.0.0.1/32", Assert.Single(change.AllowedIPs).ToString());
    }

    private static WgPublicKey Key(int number)
    {
        byte[] key = new byte[32];
        key[31] = (byte)number;
        return new WgPublicKey(key);
    }

    private static WgConfigPeer Peer() =>
        new() { PublicKey = Key(1), AllowedIPs = [AllowedIP.Parse("10.0.0.1")], Endpoint = WgEndpoint.Parse("192.0.2.1:1") };

    private static WgPeerState Alive() => new()
    {
        PublicKey = Key(1),
        Endpoint = IPEndPoint.Parse("203.0.113.9:4000"),
        AllowedIPs = [AllowedIP.Parse("10.0.0.1")],
        LatestHandshake = s_now,
    };

    // wg(8) sends "-" as a flag, which the fake kernel, like those before 6.16, does not know.
    private static WgConfigPeer Plain(WgConfigPeer peer) => peer with
    {
        RemovedAllowedIPs = [],
        Endpoint = peer.Endpoint is { Address: not null, Zone: null } ? peer.Endpoint : null,
    };

    private static WgDeviceChange Sync(WgPeerState state, WgConfigPeer peer) =>
        Change(new WgDevice { Peers = [state] }, new WgConfig { Peers = [peer] }, WgConfigMode.Sync);

    private static WgDeviceChange Change(WgDevice current, WgConfig config, WgConfigMode mode) =>
        new ConfigChange(current, endpoint => new IPEndPoint(endpoint.Address!, endpoint.Port), s_now).Make(config, mode);

    private static FakeKernel Start(WgConfig before) => AsWg(new FakeKernel(), before, replace: true);

    private static FakeKernel Applied(FakeKernel kernel, WgConfig config, WgConfigMode mode) => Apply(kernel, Change(kernel.State, config, mode));

    private static FakeKernel AsWg(FakeKernel kernel, WgConfig config, bool replace) => Apply(kernel, new WgDeviceChange
    {
        PrivateKey = config.PrivateKey ?? (replace ? WgPrivateKey.None() : null),
        ListenPort = config.ListenPort ?? (replace ? (ushort?)0 : null),
        FirewallMark = config.FirewallMark ?? (replace ? 0u : null),
        ReplacePeers = replace,
        Peers =
        [
            .. config.Peers.Select(peer => new WgPeerChange
            {
                PublicKey = peer.PublicKey,
                PresharedKey = peer.PresharedKey,
                Endpoint = peer.Endpoint is null ? null : new IPEndPoint(peer.Endpoint.Address!, peer.Endpoint.Port),
                PersistentKeepalive = peer.PersistentKeepalive,
                ReplaceAllowedIPs = !peer.KeepsAllowedIPs,
                AllowedIPs = peer.AllowedIPs,
            }),
        ],
    });

    private static FakeKernel Apply(FakeKernel kernel, WgDeviceChange change)
    {
        using var device = new KernelDevice(kernel, "wga");
        device.Apply(change);
        return kernel;
    }

    // Without the order of peers and of their prefixes, which is not the same when some were there before.
    private static List<string> Lines(WgDevice device) =>
    [
        .. WgDump.Lines(device with { Peers = [.. device.Peers.Select(peer => peer with { AllowedIPs = [.. peer.AllowedIPs.OrderBy(allowed => allowed.ToString(), StringComparer.Ordinal)] })] })
            .Order(StringComparer.Ordinal),
    ];
}
