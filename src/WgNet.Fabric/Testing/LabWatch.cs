using WgNet.Bird;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>Tells whether the routing of a lab has come to rest: every BGP session is established, and the kernels have all the ways.</summary>
internal sealed class LabWatch : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly List<GatewayWatch> _gateways;
    private readonly List<RouteWatch> _routes;

    public LabWatch(LabRecord record, CancellationToken cancel)
    {
        WgFabric fabric = record.Fabric;
        _gateways = [.. fabric.Gateways.Select(gateway => new GatewayWatch(gateway, FabricTunnels.Of(fabric, gateway),
            new BirdClient(LabPaths.Place(record.Name, gateway, default).ControlSocket, s_patience, cancel) { ReadOnly = true }))];
        _routes = [.. fabric.Gateways.Select(gateway => new RouteWatch(LabPaths.Private(record.Name, gateway), Expected(fabric, gateway)))];
        if (fabric.Routing.Inside == WgFabricInside.Ospf)
            _routes.AddRange(fabric.Sites.Select(site => new RouteWatch(LabPaths.Router(record.Name, site), Expected(fabric, site))));
    }

    /// <summary>The first thing that is not there yet, in words; null: everything is there.</summary>
    public string? Missing() =>
        _gateways.Select(gateway => gateway.Missing()).FirstOrDefault(missing => missing is not null)
        ?? _routes.Select(routes => routes.Missing()).FirstOrDefault(missing => missing is not null);

    /// <summary>Whether all BGP sessions between a gateway and another (null: any other) are established, as both sides see them.</summary>
    public bool AreEstablished(string gateway, string? peer) => _gateways.TrueForAll(one => one.Name == gateway
        ? one.Missing(peer) is null
        : (peer is not null && one.Name != peer) || one.Missing(gateway) is null);

    /// <summary>Whether no other gateway (of one name, or any) has a session with a gateway any more.</summary>
    public bool IsGivenUp(string gateway, string? by) => _gateways.TrueForAll(one => one.Name == gateway || (by is not null && one.Name != by) || !one.HasSession(gateway));

    public void Dispose()
    {
        _gateways.ForEach(gateway => gateway.Dispose());
        _routes.ForEach(routes => routes.Dispose());
    }

    // A gateway has a way to a site's prefix by each of its tunnels to that site.
    private static Dictionary<string, int> Expected(WgFabric fabric, WgFabricGateway gateway)
    {
        ILookup<string, WgFabricGateway> peers = FabricTunnels.Peers(fabric, gateway).ToLookup(peer => peer.Site, StringComparer.Ordinal);
        return Sum(fabric, site => peers[site.Name].Count());
    }

    // A router has one by each gateway of its site that has one.
    private static Dictionary<string, int> Expected(WgFabric fabric, WgFabricSite site)
    {
        var reached = site.Gateways.Select(gateway => FabricTunnels.Peers(fabric, gateway).Select(peer => peer.Site).ToHashSet(StringComparer.Ordinal)).ToList();
        return Sum(fabric, other => reached.Count(sites => sites.Contains(other.Name)));
    }

    private static Dictionary<string, int> Sum(WgFabric fabric, Func<WgFabricSite, int> ways)
    {
        var sum = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (WgFabricSite site in fabric.Sites)
        {
            int count = ways(site);
            foreach (string prefix in site.Prefixes.Where(prefix => count > 0 && Has(fabric, prefix)))
            {
                string written = System.Net.IPNetwork.Parse(prefix).ToString();
                sum[written] = sum.GetValueOrDefault(written) + count;
            }
        }

        return sum;
    }

    private static bool Has(WgFabric fabric, string prefix) => prefix.Contains(':', StringComparison.Ordinal) ? fabric.Pool.HasIPv6 : fabric.Pool.HasIPv4;

    private sealed class GatewayWatch(WgFabricGateway gateway, IEnumerable<WgFabricTunnel> tunnels, BirdClient bird) : IDisposable
    {
        private readonly (string Peer, string Session)[] _sessions = [.. tunnels.SelectMany(tunnel => tunnel.BirdProtocols.Select(session => (tunnel.PeerGateway, session)))];

        public string Name => gateway.Name;

        public string? Missing(string? peer = null)
        {
            if (_sessions.Length == 0)
                return null;
            HashSet<string> established = Established();
            (string _, string Session) missing = Array.Find(_sessions, session => (peer is null || session.Peer == peer) && !established.Contains(session.Session));
            return missing.Session is null ? null : $"the BGP session {missing.Session} of {gateway.Name} is not established";
        }

        public bool HasSession(string peer)
        {
            HashSet<string> established = Established();
            return Array.Exists(_sessions, session => session.Peer == peer && established.Contains(session.Session));
        }

        public void Dispose() => bird.Dispose();

        private HashSet<string> Established() => [.. bird.Protocols().Where(protocol => protocol.SessionState == "Established").Select(protocol => protocol.Name)];
    }

    private sealed class RouteWatch(string ns, Dictionary<string, int> expected) : IDisposable
    {
        private readonly RouteSession _session = RouteSession.Open(ns);

        public string? Missing()
        {
            var ways = Routes.List(_session, new RouteFilter { Protocol = RouteProtocols.Parse("bird") })
                .GroupBy(route => route.Destination.ToString(), StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Max(route => route.NextHops.Count(hop => !hop.IsDead)), StringComparer.Ordinal);
            foreach ((string prefix, int count) in expected)
            {
                int there = ways.GetValueOrDefault(prefix);
                if (there < count)
                    return $"{ns} has {there} of {count} ways to {prefix}";
            }

            return null;
        }

        public void Dispose() => _session.Dispose();
    }
}
