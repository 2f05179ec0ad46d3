using WgNet.Netlink;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that works on existing tunnels of one namespace.</summary>
public abstract class TunnelCmdlet : NamespaceCmdlet
{
    /// <summary>Opens the tunnel and runs the work; a fault is written as an error about this tunnel only.</summary>
    private protected bool WithTunnel(string name, Action<WgTunnelSession> work) => Attempt(
        () =>
        {
            ArgumentNullException.ThrowIfNull(work);
            using WgTunnelSession session = WgTunnels.Open(Namespace, name);
            work(session);
        },
        name);

    /// <summary>Says which allowed IPs of other peers a change would take over: WireGuard moves them without a word.</summary>
    private protected void WarnOfStealing(WgTunnelSession session, WgDeviceChange change)
    {
        ArgumentNullException.ThrowIfNull(session);
        foreach ((AllowedIP prefix, WgPublicKey owner) in AllowedIPStealing.Find(session.ReadDevice(StopToken), change))
            WriteWarning($"{prefix} belongs to peer {owner} of '{session.Link.Name}' now, and will be taken from it: a prefix has one peer only.");
    }
}

/// <summary>Completes names of tunnels in the namespaces chosen so far.</summary>
public sealed class TunnelNameCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(System.Collections.IDictionary bound)
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(Bound(bound, "Namespace"));
        return [.. WgTunnels.List(ns, _ => true, _ => { }, CancellationToken.None).Select(tunnel => tunnel.Name)];
    }
}

/// <summary>Completes public keys of the peers of the tunnel chosen so far.</summary>
public sealed class PeerKeyCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(System.Collections.IDictionary bound)
    {
        string? tunnel = Bound(bound, "Tunnel") ?? Bound(bound, "Name");
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(Bound(bound, "Namespace"));
        return [.. WgTunnels.List(ns, name => tunnel is null || name == tunnel, _ => { }, CancellationToken.None)
            .SelectMany(found => found.Peers).Select(peer => peer.PublicKey.ToString())];
    }
}
