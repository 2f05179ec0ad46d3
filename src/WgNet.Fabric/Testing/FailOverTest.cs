using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WgNet.Fabric;

/// <summary>
/// Makes gateways of a lab fail, one after the other, first wholly and then one of their tunnels, and measures what the flows between the sites
/// lose by it. Whatever happens, what was broken is repaired.
/// </summary>
/// <param name="record">The lab.</param>
/// <param name="told">Told what is being done, how many failures are done and how many there are; on the caller's thread.</param>
/// <param name="cancel">Repairs what is broken, and ends.</param>
internal sealed class FailOverTest(LabRecord record, Action<string, int, int> told, CancellationToken cancel)
{
    /// <summary>How many flows are watched at once: more would measure the machine's own limits.</summary>
    private const int MostFlows = 64;

    private const int FewestEach = 4, MostEach = 16;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(90);

    private readonly WgFabric _fabric = record.Fabric;

    // What takes longest is a daemon that was not told; beyond that nothing is coming.
    private TimeSpan Patience => Longest(_fabric.Routing.HoldTime, _fabric.Routing.OspfDead) + TimeSpan.FromSeconds(15);

    /// <summary>Tests these gateways with the flows from and to their sites that pass.</summary>
    /// <param name="gateways">Which ones fail.</param>
    /// <param name="wanted">Whether the flows from a site to another are watched.</param>
    /// <exception cref="FaultException">"LabNotSettled": the lab did not work before the failure, or not again after the repair.</exception>
    public IEnumerable<WgFabricOutage> Run(IReadOnlyList<WgFabricGateway> gateways, Func<WgFabricSite, WgFabricSite, bool> wanted)
    {
        using var watch = new LabWatch(record, cancel);
        int done = 0;
        foreach (WgFabricGateway gateway in gateways)
        {
            ProbeFlow[] flows = [.. Flows(gateway, wanted)];
            if (flows.Length == 0)
                continue;
            using var prober = new FlowProber(flows);
            foreach (LabFailure failure in Failures(gateway, flows))
            {
                foreach (WgFabricOutage outage in Measure(failure, flows, prober, watch, done, 2 * gateways.Count))
                    yield return outage;
                done++;
            }
        }
    }

    private IEnumerable<LabFailure> Failures(WgFabricGateway gateway, ProbeFlow[] flows)
    {
        yield return new UnpluggedGateway(record) { Gateway = gateway };

        // A tunnel that carries some of the flows.
        WgFabricTunnel? tunnel = FabricTunnels.Of(_fabric, gateway).FirstOrDefault(one => Array.Exists(flows, flow => flow.From == one.PeerSite || flow.To == one.PeerSite));
        if (tunnel is not null)
            yield return new BlackHoledTunnel(record, tunnel, _fabric.Gateways.First(peer => peer.Name == tunnel.PeerGateway)) { Gateway = gateway };
    }

    private List<WgFabricOutage> Measure(LabFailure failure, ProbeFlow[] flows, FlowProber prober, LabWatch watch, int done, int count)
    {
        string what = failure.Tunnel is null ? $"{failure.Gateway} unplugged" : $"{failure.Tunnel} of {failure.Gateway} black-holed";
        Settle(prober, watch, $"Before {what}", done, count);

        // From before the first of the requests that it takes: flows may be lost, and found another way, before the last.
        long broken = Stopwatch.GetTimestamp(), calm, repaired;
        try
        {
            failure.Break();

            // Flows are calm also while nothing has been noticed yet: the others have given the gateway up, and then nothing was lost for a while.
            Until(() => Since(broken) > 2 * s_calm && prober.IsCalm(s_calm) && watch.IsGivenUp(failure.Gateway.Name, failure.Peer?.Name), Patience, what, done, count);
            calm = Stopwatch.GetTimestamp();
        }
        finally
        {
            failure.Repair();
        }

        repaired = Stopwatch.GetTimestamp();
        TimeSpan? recovery = Until(() => watch.AreEstablished(failure.Gateway.Name, failure.Peer?.Name), s_settling, $"{what}, and repaired", done, count) ? Since(repaired) : null;
        Settle(prober, watch, $"After {what}", done, count);
        long end = Stopwatch.GetTimestamp();
        return [.. Rows(failure, prober.Losses(broken, calm), prober.Losses(repaired, end), recovery)];
    }

    private static IEnumerable<WgFabricOutage> Rows(LabFailure failure, IReadOnlyList<FlowLoss> losses, IReadOnlyList<FlowLoss> later, TimeSpan? recovery) =>
        losses.Zip(later, (loss, back) => (loss.Flow, Loss: loss, Back: back.Outage))
            .Where(row => failure.Peer is null || row.Flow.From == failure.Peer.Site || row.Flow.To == failure.Peer.Site)
            .GroupBy(row => (row.Flow.From, row.Flow.To, row.Flow.Source.AddressFamily))
            .Select(group => new WgFabricOutage
            {
                Failure = failure.Kind,
                Gateway = failure.Gateway.Name,
                Tunnel = failure.Tunnel,
                From = group.Key.From,
                To = group.Key.To,
                Family = group.Key.AddressFamily == AddressFamily.InterNetwork ? NetAddressFamily.IPv4 : NetAddressFamily.IPv6,
                Flows = group.Count(),
                FlowsHit = group.Count(row => row.Loss.Outage > TimeSpan.Zero),
                Outage = group.Max(row => row.Loss.Outage),
                Lasted = group.Any(row => row.Loss.Lasts),
                Recovery = recovery,
                ReturnOutage = group.Max(row => row.Back),
            });

    // The flows start at the gateway's own site, and at others where only those were asked for: an echo goes both ways anyway.
    private IEnumerable<ProbeFlow> Flows(WgFabricGateway gateway, Func<WgFabricSite, WgFabricSite, bool> wanted)
    {
        WgFabricSite own = Array.Find(_fabric.Sites, site => site.Name == gateway.Site)!;
        HashSet<string> peers = [.. FabricTunnels.Peers(_fabric, gateway).Select(peer => peer.Site)];
        var pairs = _fabric.Sites.Where(site => peers.Contains(site.Name))
            .SelectMany(site => wanted(own, site) ? [(From: own, To: site)] : wanted(site, own) ? [(From: site, To: own)] : Array.Empty<(WgFabricSite From, WgFabricSite To)>()).ToList();
        int each = Math.Clamp(MostFlows / Math.Max(1, 2 * pairs.Count), FewestEach, MostEach);
        foreach ((WgFabricSite from, WgFabricSite to) in pairs)
        {
            foreach (AddressFamily family in SiteHosts.Families)
            {
                IPAddress[] sources = SiteHosts.OfFamily(from, family), targets = SiteHosts.OfFamily(to, family);
                bool carried = family == AddressFamily.InterNetwork ? _fabric.Pool.HasIPv4 : _fabric.Pool.HasIPv6;
                for (int flow = 0; carried && targets.Length > 0 && flow < Math.Min(each, sources.Length); flow++)
                    yield return new ProbeFlow(LabPaths.Router(record.Name, from), from.Name, to.Name, sources[^(flow + 1)], targets[0]);
            }
        }
    }

    private void Settle(FlowProber prober, LabWatch watch, string what, int done, int count)
    {
        string? missing = null;
        if (!Until(() => (missing = watch.Missing()) is null && prober.IsCalm(s_calm), s_settling, what, done, count))
        {
            throw new FaultException("LabNotSettled", FaultKind.Timeout,
                $"{what}: the lab '{record.Name}' does not work within {s_settling.TotalSeconds:0} s, {missing ?? "some flows are not answered"}. Test-WgFabric without -FailOver tells more.", record.Name);
        }
    }

    private bool Until(Func<bool> reached, TimeSpan limit, string what, int done, int count)
    {
        long start = Stopwatch.GetTimestamp();
        while (!reached())
        {
            cancel.ThrowIfCancellationRequested();
            if (Since(start) >= limit)
                return false;
            told(what, done, count);
            cancel.WaitHandle.WaitOne(s_look);
        }

        return true;
    }

    private static TimeSpan Since(long start) => Stopwatch.GetElapsedTime(start);

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
