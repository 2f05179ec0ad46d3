using System.Globalization;
using System.Net;
using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>Tests the tunnels of a gateway from its clear side: do the far ends answer, and how large a packet passes.</summary>
internal static class TunnelChecks
{
    private const int Tries = 3;
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(700);

    /// <summary>Tests every tunnel that leads to one of these gateways, in both families.</summary>
    /// <param name="plan">The gateway, and its place on this machine.</param>
    /// <param name="wanted">Whether the tunnels to a gateway are tested.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static IEnumerable<WgFabricTest> Of(GatewayPlan plan, Func<string, bool> wanted, CancellationToken cancel)
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(plan.Place.PrivateNamespace);
        using RouteSession session = RouteSession.Open(ns);
        var ends = plan.Tunnels.Where(tunnel => wanted(tunnel.PeerGateway))
            .SelectMany(tunnel => tunnel.Address.Zip(tunnel.PeerAddress, (own, far) => new End(tunnel, IPAddress.Parse(own[..own.IndexOf('/', StringComparison.Ordinal)]), IPAddress.Parse(far)))).ToList();

        // All at once: those that do not answer are waited for together.
        Dictionary<IPAddress, NetReachability> answers = IcmpEcho.Probe(ns, [.. ends.Select(end => end.Far)], Tries, s_wait, cancel).ToDictionary(answer => answer.Address);
        Dictionary<string, NetLink> links = Links.List(session, cancel).ToDictionary(link => link.Name, StringComparer.Ordinal);
        foreach (End end in ends)
        {
            NetReachability answer = answers[end.Far];
            yield return Reached(plan, end, answer, links.GetValueOrDefault(end.Tunnel.Name));
            if (answer.Reachable)
                yield return PathMtu(plan, ns, end, links[end.Tunnel.Name].Mtu, cancel);
        }
    }

    /// <summary>The result of asking whether the largest packet passes, and one byte more is refused.</summary>
    /// <param name="flow">Makes the flow that asks with packets of a size, unbroken.</param>
    /// <param name="target">Who is asked.</param>
    /// <param name="mtu">The largest size that is to pass.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>What was seen; and the reason, null where all is right.</returns>
    public static (string Detail, string? Reason) AskWithSize(Func<int, EchoFlow> flow, IPAddress target, int mtu, CancellationToken cancel)
    {
        using EchoFlow largest = flow(mtu), larger = flow(mtu + 1);
        SocketError refusal = larger.Send(target, 0);
        bool passes = EchoRound.Ask([(largest, [target])], cancel).Answered > 0;
        string size = mtu.ToString(CultureInfo.InvariantCulture);
        string? reason = !passes ? $"packets of {size} bytes are lost on the way"
            : refusal != SocketError.MessageSize ? $"a packet of {mtu + 1} bytes was not refused as too big ({refusal})"
            : null;
        return ($"{size} bytes pass, {mtu + 1} are refused", reason);
    }

    private static WgFabricTest Reached(GatewayPlan plan, End end, NetReachability answer, NetLink? link)
    {
        string place = $"{end.Tunnel.Name} -Namespace {plan.Place.PrivateNamespace}";
        string? reason = answer.Reachable ? null
            : link is null ? "there is no such tunnel"
            : link.State == NetLinkState.Down ? "the interface is down"
            : $"{end.Far} does not answer{(answer.Error is null ? "" : $": {answer.Error}")}";
        return new WgFabricTest
        {
            Check = WgFabricCheck.Tunnel,
            From = end.Tunnel.Gateway,
            To = end.Tunnel.PeerGateway,
            Tunnel = end.Tunnel.Name,
            Family = FamilyOf(end.Far),
            Passed = answer.Reachable,
            RoundTrip = answer.RoundTrip,
            Detail = $"{end.Far} {(answer.Reachable ? "answers" : "is silent")}",
            Reason = reason,
            Advice = reason is null ? null : link is null ? $"Make {end.Tunnel.Gateway} as the fabric says." : $"(Test-WgTunnel {place}).Checks tells why.",
        };
    }

    private static WgFabricTest PathMtu(GatewayPlan plan, NetNamespaceHandle ns, End end, int mtu, CancellationToken cancel)
    {
        (string detail, string? reason) = AskWithSize(size => new EchoFlow(ns, end.Own, size, fragment: false), end.Far, mtu, cancel);
        return new WgFabricTest
        {
            Check = WgFabricCheck.Mtu,
            From = end.Tunnel.Gateway,
            To = end.Tunnel.PeerGateway,
            Tunnel = end.Tunnel.Name,
            Family = FamilyOf(end.Far),
            Passed = reason is null,
            Detail = detail,
            Reason = reason,
            Advice = reason is null ? null : $"The network between the gateways carries less than {mtu + WgOverhead(plan)} bytes: give the fabric a lower Mtu, or raise that of the links in between.",
        };
    }

    // An outer IPv6 header with UDP and WireGuard's own takes 80 bytes, IPv4's 60.
    private static int WgOverhead(GatewayPlan plan) => plan.Gateway.Endpoint?.Contains(':', StringComparison.Ordinal) == false ? 60 : 80;

    private static NetAddressFamily FamilyOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? NetAddressFamily.IPv4 : NetAddressFamily.IPv6;

    private sealed record End(WgFabricTunnel Tunnel, IPAddress Own, IPAddress Far);
}
