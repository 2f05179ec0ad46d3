using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>The tunnels of a namespace: list, open, make.</summary>
internal static class WgTunnels
{
    /// <summary>
    /// Reads every tunnel of a namespace whose name passes. One that goes away while it is read is left out; one that cannot be read is
    /// handed to <paramref name="failed"/>, and the listing goes on.
    /// </summary>
    public static IEnumerable<WgTunnel> List(NetNamespaceHandle ns, Func<string, bool> wanted, Action<FaultException> failed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(failed);
        using RouteSession session = RouteSession.Open(ns);
        var names = new Lazy<IReadOnlyDictionary<NamespaceIdentity, string>>(NetNamespaces.NamesByIdentity);
        foreach (LocatedTunnel located in LocatedTunnel.All(session, wanted, failed, cancel))
        {
            WgTunnel? tunnel = null;
            try
            {
                using IWgDevice device = TunnelReader.Device(ns, located);
                tunnel = TunnelReader.Read(ns, session, located, device, () => names.Value, cancel);
            }
            catch (FaultException fault)
            {
                if (Links.TryFindByIndex(session, located.Link.Index) is not null)
                    failed(fault);
            }

            if (tunnel is not null)
                yield return tunnel;
        }
    }

    /// <summary>Opens one tunnel to read and change it. Faults: "TunnelNotFound", "NotATunnel", "TunnelUnreachable".</summary>
    public static WgTunnelSession Open(string? ns, string name) => new(ns, name);

    /// <summary>Makes a tunnel; see <see cref="TunnelBuilder"/>. Faults: "TunnelExists", "PortInUse", "WireGuardGoNotFound", and those of links and addresses.</summary>
    public static WgTunnel Create(TunnelSpec spec, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(spec);
        using var builder = new TunnelBuilder(spec);
        return builder.Build(cancel);
    }
}
