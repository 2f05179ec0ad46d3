using System.Globalization;
using System.Net;
using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>Tests the traffic between the sites of a lab: do hosts reach each other, over all tunnels, and with packets of which size.</summary>
internal sealed class SiteChecks(LabRecord record, CancellationToken cancel)
{
    private const int FlowsPerTunnel = 32;

    // Large beside what BGP and BFD send over the same tunnels meanwhile.
    private const int PacketSize = 1000;

    private const int UsualMtu = 1420;

    private readonly WgFabric _fabric = record.Fabric;

    /// <summary>Tests the way from one site to another, in the families that both have.</summary>
    public IEnumerable<WgFabricTest> Between(WgFabricSite from, WgFabricSite to)
    {
        WgFabricTunnel[] tunnels = [.. from.Gateways.SelectMany(gateway => FabricTunnels.Of(_fabric, gateway)).Where(tunnel => tunnel.PeerSite == to.Name)];
        if (tunnels.Length == 0)
            yield break;
        foreach (AddressFamily family in SiteHosts.Families)
        {
            IPAddress[] sources = SiteHosts.OfFamily(from, family), targets = SiteHosts.OfFamily(to, family);
            if (sources.Length == 0 || targets.Length == 0 || !Carried(family))
                continue;
            foreach (WgFabricTest result in Family(from, to, tunnels, sources, targets))
                yield return result;
        }
    }

    private bool Carried(AddressFamily family) => family == AddressFamily.InterNetwork ? _fabric.Pool.HasIPv4 : _fabric.Pool.HasIPv6;

    private IEnumerable<WgFabricTest> Family(WgFabricSite from, WgFabricSite to, WgFabricTunnel[] tunnels, IPAddress[] sources, IPAddress[] targets)
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(LabPaths.Router(record.Name, from));
        int wanted = FlowsPerTunnel * tunnels.Length, each = Math.Min(targets.Length, (wanted + sources.Length - 1) / sources.Length);
        List<(EchoFlow Flow, IPAddress[] Targets)> flows = ns.Run(() => sources.Select(source => (new EchoFlow(ns, source, PacketSize), targets[..each])).ToList());
        try
        {
            ulong[] before = Counters(tunnels);
            (int answered, TimeSpan? time) = EchoRound.Ask(flows, cancel);
            ulong[] carried = [.. Counters(tunnels).Zip(before, (now, then) => now - then)];
            int count = flows.Count * each;
            yield return Reach(from, to, sources[0], targets[0], answered, count, time);
            if (answered == 0)
                yield break;
            if (tunnels.Length > 1 && count >= 8 * tunnels.Length)
                yield return Balance(from, to, sources[0], tunnels, carried);
        }
        finally
        {
            flows.ForEach(flow => flow.Flow.Dispose());
        }

        yield return Mtu(from, to, ns, sources[0], targets[0]);
    }

    private ulong[] Counters(WgFabricTunnel[] tunnels)
    {
        ulong[] sent = new ulong[tunnels.Length];
        foreach (IGrouping<string, int> gateway in Enumerable.Range(0, tunnels.Length).GroupBy(index => tunnels[index].Gateway, StringComparer.Ordinal))
        {
            using RouteSession session = RouteSession.Open(LabPaths.Private(record.Name, _fabric.Gateways.First(one => one.Name == gateway.Key)));
            foreach (int index in gateway)
                sent[index] = Links.TryFind(session, tunnels[index].Name)?.Statistics.SentBytes ?? 0;
        }

        return sent;
    }

    private WgFabricTest Reach(WgFabricSite from, WgFabricSite to, IPAddress source, IPAddress target, int answered, int count, TimeSpan? time)
    {
        bool passed = answered == count;
        return new WgFabricTest
        {
            Check = WgFabricCheck.Reach,
            From = from.Name,
            To = to.Name,
            Family = FamilyOf(source),
            Passed = passed,
            RoundTrip = time,
            Detail = $"{answered} of {count} flows answered",
            Reason = passed ? null : answered == 0 ? $"{target} does not answer {source}" : $"{count - answered} of {count} flows are not answered",
            Advice = passed ? null : _fabric.Routing.Inside == WgFabricInside.None
                ? "Routing.Inside is None: nothing tells the gateways of the site's networks but your own files of BIRD."
                : $"Look for the route: Get-NetLinkRoute -Namespace {LabPaths.Router(record.Name, from)}; then for sessions that are down: Get-BirdProtocol IBGP* -ControlSocket (Get-WgFabricLab {record.Name}).Gateways.ControlSocket.",
        };
    }

    private WgFabricTest Balance(WgFabricSite from, WgFabricSite to, IPAddress source, WgFabricTunnel[] tunnels, ulong[] carried)
    {
        double all = Math.Max(1, carried.Sum(bytes => (double)bytes));

        // Each tunnel gets its share by chance, one flow at a time: a quarter of it is far below what chance leaves.
        WgFabricTunnel[] idle = [.. tunnels.Where((_, index) => carried[index] < all / tunnels.Length / 4)];
        string shares = string.Join(", ", tunnels.Select((tunnel, index) => string.Create(CultureInfo.InvariantCulture, $"{tunnel.Gateway} {tunnel.Name} {100 * carried[index] / all:0} %")));
        return new WgFabricTest
        {
            Check = WgFabricCheck.Balance,
            From = from.Name,
            To = to.Name,
            Family = FamilyOf(source),
            Passed = idle.Length == 0,
            Detail = shares,
            Reason = idle.Length == 0 ? null : $"hardly any flow takes {string.Join(", ", idle.Select(tunnel => $"{tunnel.Gateway} {tunnel.Name}"))}: {shares}",
            Advice = idle.Length == 0 ? null : $"See which next hops there are: Get-NetLinkRoute -Namespace {LabPaths.Router(record.Name, from)}, and the same on the gateways.",
        };
    }

    private WgFabricTest Mtu(WgFabricSite from, WgFabricSite to, NetNamespaceHandle ns, IPAddress source, IPAddress target)
    {
        (string detail, string? reason) = TunnelChecks.AskWithSize(size => new EchoFlow(ns, source, size, fragment: false), target, _fabric.Mtu ?? UsualMtu, cancel);
        return new WgFabricTest
        {
            Check = WgFabricCheck.Mtu,
            From = from.Name,
            To = to.Name,
            Family = FamilyOf(source),
            Passed = reason is null,
            Detail = detail,
            Reason = reason,
            Advice = reason is null ? null : "Compare the MTU of the tunnels and of the interfaces inside the site: Get-NetLink -Namespace " + LabPaths.Router(record.Name, from),
        };
    }

    private static NetAddressFamily FamilyOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? NetAddressFamily.IPv4 : NetAddressFamily.IPv6;
}
