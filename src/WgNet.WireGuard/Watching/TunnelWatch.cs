namespace WgNet.WireGuard.Watching;

/// <summary>
/// Tells what happened between two looks at the same tunnels. WireGuard has no events of its own: no released kernel's generic netlink family
/// has a multicast group (drivers/net/wireguard/netlink.c), and UAPI has none either.
/// </summary>
internal sealed class TunnelWatch
{
    private Dictionary<(string Namespace, string Name), WgTunnel>? _known;

    /// <summary>
    /// Whether tunnels have come or gone since the look before. Namespaces are read one after the other: a tunnel that moves meanwhile is seen
    /// twice or not at all, and is to be looked at again before it is told.
    /// </summary>
    /// <param name="seen">All tunnels, as they were read.</param>
    public bool IsMoving(IReadOnlyCollection<WgTunnel> seen) => _known is { } known && !seen.Select(Key).ToHashSet().SetEquals(known.Keys);

    /// <summary>What happened since the look before; nothing at the first.</summary>
    /// <param name="seen">All tunnels, as they were read.</param>
    /// <param name="unreadable">Tells tunnels that are there and could not be read this time: they count as unchanged.</param>
    /// <param name="now">The time of this look.</param>
    public List<WgPeerEvent> Look(IReadOnlyCollection<WgTunnel> seen, Func<WgTunnel, bool> unreadable, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(unreadable);
        Dictionary<(string, string), WgTunnel> current = seen.ToDictionary(Key);
        var events = new List<WgPeerEvent>();
        if (_known is { } known)
        {
            foreach (WgTunnel kept in known.Values.Where(tunnel => !current.ContainsKey(Key(tunnel)) && unreadable(tunnel)).ToArray())
                current.Add(Key(kept), kept);
            List<WgTunnel> gone = [.. known.Values.Where(tunnel => !current.ContainsKey(Key(tunnel)))];
            foreach (WgTunnel tunnel in current.Values)
            {
                // One of the same name may be another: it was removed and made again.
                WgTunnel? before = known.GetValueOrDefault(Key(tunnel));
                bool moved = before is null && (before = gone.Find(other => IsSame(other, tunnel))) is not null;
                if (moved)
                {
                    gone.Remove(before!);
                    events.Add(Of(WgPeerEventKind.TunnelMoved, tunnel, now) with { Before = Place(before!), After = Place(tunnel) });
                }

                Compare(before, tunnel, now, events);
            }

            events.InsertRange(0, gone.Select(tunnel => Of(WgPeerEventKind.TunnelRemoved, tunnel, now)));
        }

        _known = current;
        return events;
    }

    private static void Compare(WgTunnel? before, WgTunnel tunnel, DateTimeOffset now, List<WgPeerEvent> events)
    {
        if (before is null)
            events.Add(Of(WgPeerEventKind.TunnelAdded, tunnel, now));
        else if (before.State != tunnel.State)
            events.Add(Of(tunnel.State == NetLinkState.Up ? WgPeerEventKind.TunnelUp : WgPeerEventKind.TunnelDown, tunnel, now));

        Dictionary<WgPublicKey, WgPeer> old = before?.Peers.ToDictionary(peer => peer.PublicKey) ?? [];
        foreach (WgPeer peer in tunnel.Peers)
        {
            if (!old.Remove(peer.PublicKey, out WgPeer? was))
                events.Add(Of(WgPeerEventKind.PeerAdded, tunnel, now, peer));
            if (peer.LatestHandshake is { } at && was?.LatestHandshake != at)
                events.Add(Of(WgPeerEventKind.Handshake, tunnel, at, peer));
            if (was is not null && !Equals(was.Endpoint, peer.Endpoint))
                events.Add(Of(WgPeerEventKind.EndpointChanged, tunnel, now, peer) with { Before = was.Endpoint?.ToString(), After = peer.Endpoint?.ToString() });
            if (was?.State == WgSessionState.Active && peer.State == WgSessionState.Stale)
                events.Add(Of(WgPeerEventKind.SessionStale, tunnel, now, peer));
        }

        foreach (WgPeer peer in old.Values)
            events.Add(Of(WgPeerEventKind.PeerRemoved, tunnel, now, peer));
    }

    /// <summary>Whether two looks show the same device in two places: it keeps its key and port, and a userspace one its process.</summary>
    private static bool IsSame(WgTunnel one, WgTunnel other) => one.Backend == other.Backend && one.ProcessId == other.ProcessId
        && one.PublicKey is not null && one.PublicKey.Equals(other.PublicKey) && one.ListenPort == other.ListenPort;

    private static string Place(WgTunnel tunnel) => tunnel.Namespace.Length == 0 ? tunnel.Name : $"{tunnel.Namespace}/{tunnel.Name}";

    private static (string Namespace, string Name) Key(WgTunnel tunnel) => (tunnel.Namespace, tunnel.Name);

    private static WgPeerEvent Of(WgPeerEventKind kind, WgTunnel tunnel, DateTimeOffset time, WgPeer? peer = null) =>
        new() { Time = time, Kind = kind, Tunnel = tunnel.Name, Namespace = tunnel.Namespace, PublicKey = peer?.PublicKey, Peer = peer };
}
