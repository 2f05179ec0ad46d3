using WgNet.Netlink;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Fabric;

/// <summary>What the steps of one run share: the plan, what takes them back, and the namespaces once they are there.</summary>
internal sealed class GatewayRun : IDisposable
{
    private NetNamespaceHandle? _private;
    private RouteSession? _session;

    public GatewayRun(GatewayPlan plan, CancellationToken cancel)
    {
        Plan = plan;
        Cancel = cancel;
    }

    public GatewayPlan Plan { get; }

    public GatewayPlace Place => Plan.Place;

    public CancellationToken Cancel { get; }

    public UndoStack Undo { get; } = new();

    /// <summary>The gateway's key; set before the first step that needs it.</summary>
    public WgKey? Key { get; set; }

    /// <summary>The namespace of the clear side.</summary>
    public NetNamespaceHandle Private => _private ??= NetNamespaceHandle.Open(Place.PrivateNamespace);

    /// <summary>A session in it.</summary>
    public RouteSession Session => _session ??= RouteSession.Open(Private);

    public void Dispose()
    {
        _session?.Dispose();
        _private?.Dispose();
    }
}
