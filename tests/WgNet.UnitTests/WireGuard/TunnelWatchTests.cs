using WgNet.WireGuard.Watching;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>What two looks at the same tunnels tell apart.</summary>
public class TunnelWatchTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly WgPublicKey s_own = WgKey.Generate().PublicKey;
    private static readonly WgPublicKey s_far = WgKey.Generate().PublicKey;

    [Fact]
    public void TheFirstLookTellsNothing() => Assert.Empty(new TunnelWatch().Look([Tunnel(Peer())], _ => false, s_now));

    [Fact]
    public void NothingHappenedTellsNothing() => Assert.Empty(Between([Tunnel(Peer(3))], [Tunnel(Peer(3, sent: 900))]));

    [Fact]
    public void AHandshakeIsToldWithItsTime()
    {
        WgPeerEvent first = Assert.Single(Between([Tunnel(Peer())], [Tunnel(Peer(3))]));
        Assert.Equal((WgPeerEventKind.Handshake, s_now.AddSeconds(-3), s_far), (first.Kind, first.Time, first.PublicKey));
        Assert.Equal(WgPeerEventKind.Handshake, Assert.Single(Between([Tunnel(Peer(120))], [Tunnel(Peer(1))])).Kind);
    }

    [Fact]
    public void ASessionGoesStaleOnce()
    {
        Assert.Equal(WgPeerEventKind.SessionStale, Assert.Single(Between([Tunnel(Peer(179, at: 200))], [Tunnel(Peer(181, at: 200))])).Kind);
        Assert.Empty(Between([Tunnel(Peer(181, at: 200))], [Tunnel(Peer(182, at: 200))]));
    }

    [Fact]
    public void RoamingTellsBothEndpoints()
    {
        WgPeerEvent one = Assert.Single(Between([Tunnel(Peer(endpoint: "192.0.2.1:5"))], [Tunnel(Peer(endpoint: "[2001:db8::1]:6"))]));
        Assert.Equal((WgPeerEventKind.EndpointChanged, "192.0.2.1:5", "[2001:db8::1]:6"), (one.Kind, one.Before, one.After));
    }

    [Fact]
    public void PeersComeAndGo()
    {
        Assert.Equal(WgPeerEventKind.PeerAdded, Assert.Single(Between([Tunnel()], [Tunnel(Peer())])).Kind);
        Assert.Equal(WgPeerEventKind.PeerRemoved, Assert.Single(Between([Tunnel(Peer())], [Tunnel()])).Kind);
    }

    [Fact]
    public void TunnelsComeGoAndChangeTheirState()
    {
        Assert.Equal([WgPeerEventKind.TunnelAdded, WgPeerEventKind.PeerAdded, WgPeerEventKind.Handshake], Kinds(Between([], [Tunnel(Peer(1))])));
        Assert.Equal([WgPeerEventKind.TunnelRemoved], Kinds(Between([Tunnel(Peer(1))], [])));
        Assert.Equal([WgPeerEventKind.TunnelDown], Kinds(Between([Tunnel()], [Tunnel(state: NetLinkState.Down)])));
    }

    [Fact]
    public void OneThatMovesIsTheSame()
    {
        WgPeerEvent one = Assert.Single(Between([Tunnel(Peer(9))], [Tunnel("b", "wg9", Peer(9))]));
        Assert.Equal((WgPeerEventKind.TunnelMoved, "a/wg0", "b/wg9"), (one.Kind, one.Before, one.After));
    }

    /// <summary>While a tunnel moves, one reading shows it twice or not at all.</summary>
    [Fact]
    public void WhoMayBeMovingIsToBeReadAgain()
    {
        var watch = new TunnelWatch();
        Assert.False(watch.IsMoving([Tunnel(Peer(9))]));
        watch.Look([Tunnel(Peer(9))], _ => false, s_now);
        Assert.False(watch.IsMoving([Tunnel(Peer(1))]));
        Assert.True(watch.IsMoving([Tunnel(Peer(9)), Tunnel("b", "wg9", Peer(9))]));
        Assert.True(watch.IsMoving([]));
        Assert.True(watch.IsMoving([Tunnel("b", "wg9", Peer(9))]));
    }

    [Fact]
    public void WhatCannotBeReadIsUnchanged()
    {
        var watch = new TunnelWatch();
        watch.Look([Tunnel(Peer(9))], _ => false, s_now);
        Assert.Empty(watch.Look([], tunnel => tunnel.Name == "wg0", s_now));
        Assert.Empty(watch.Look([Tunnel(Peer(9))], _ => false, s_now));
        Assert.Equal([WgPeerEventKind.TunnelRemoved], Kinds(watch.Look([], _ => false, s_now)));
    }

    private static List<WgPeerEvent> Between(WgTunnel[] before, WgTunnel[] after)
    {
        var watch = new TunnelWatch();
        watch.Look(before, _ => false, s_now);
        return watch.Look(after, _ => false, s_now);
    }

    private static IEnumerable<WgPeerEventKind> Kinds(IEnumerable<WgPeerEvent> events) => events.Select(one => one.Kind);

    private static WgTunnel Tunnel(params WgPeer[] peers) => Tunnel("a", "wg0", peers);

    private static WgTunnel Tunnel(NetLinkState state) => Tunnel("a", "wg0", [], state);

    private static WgTunnel Tunnel(string ns, string name, params WgPeer[] peers) => Tunnel(ns, name, peers, NetLinkState.Up);

    private static WgTunnel Tunnel(string ns, string name, WgPeer[] peers, NetLinkState state) =>
        new() { Name = name, Namespace = ns, PublicKey = s_own, ListenPort = 5801, State = state, Backend = WgBackend.Kernel, Peers = peers };

    // A handshake some seconds ago; one that two looks see at different ages is given its time instead.
    private static WgPeer Peer(double? age = null, double? at = null, string? endpoint = null, ulong sent = 0) => new()
    {
        Tunnel = "wg0",
        Namespace = "a",
        PublicKey = s_far,
        LatestHandshake = age is null ? null : s_now.AddSeconds(-(at ?? age.Value)),
        HandshakeAge = age is null ? null : TimeSpan.FromSeconds(age.Value),
        Endpoint = endpoint is null ? null : WgEndpoint.Parse(endpoint),
        SentBytes = sent,
    };
}
