using System.Net;
using WgNet.Netlink;
using WgNet.WireGuard.Userspace;

namespace WgNet.WireGuard.Tunnels;

/// <summary>An open tunnel: its link, its namespace and the channel to its device.</summary>
internal sealed class WgTunnelSession : IDisposable
{
    private readonly NetNamespaceHandle _ns;
    private readonly RouteSession _session;
    private readonly LocatedTunnel _located;
    private readonly IWgDevice _device;

    internal WgTunnelSession(string? ns, string name)
    {
        _ns = NetNamespaceHandle.Open(ns);
        try
        {
            _session = RouteSession.Open(_ns);
            _located = LocatedTunnel.Find(_session, name);
            _device = TunnelReader.Device(_ns, _located);
        }
        catch
        {
            _session?.Dispose();
            _ns.Dispose();
            throw;
        }
    }

    public NetLink Link => _located.Link;

    /// <summary>The tunnel as users see it.</summary>
    public WgTunnel Read(CancellationToken cancel) =>
        TunnelReader.Read(_ns, _session, _located with { Link = Links.FindByIndex(_session, Link.Index) }, _device, NetNamespaces.NamesByIdentity, cancel);

    /// <summary>The device with its keys, for configuration files and differences.</summary>
    public WgDevice ReadDevice(CancellationToken cancel) => _device.Read(cancel);

    /// <summary>
    /// Changes the device. A port that is taken is told before the old socket is lost (fault "PortInUse").
    /// </summary>
    public void Apply(WgDeviceChange change, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.ListenPort is > 0 and { } port && _device.Read(cancel).ListenPort != port)
        {
            using NetNamespaceHandle? transport = OpenTransport();
            if (transport is not null)
                PortProbe.Check(port, transport);
        }

        _device.Apply(change, cancel);
    }

    /// <summary>Looks up an endpoint where its packets will go out.</summary>
    public IPEndPoint Resolve(WgEndpoint endpoint, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(endpoint);

        // Most are plain addresses, which mean the same everywhere.
        using NetNamespaceHandle? transport = EndpointResolver.DependsOnNamespace(endpoint) ? OpenTransport() : null;
        return EndpointResolver.Resolve(endpoint, transport, cancel);
    }

    /// <summary>Changes the link: up, down, MTU.</summary>
    public void Change(LinkChange change) => Links.Change(_session, Link, change);

    /// <summary>Removes the interface, and ends the daemon of a userspace device.</summary>
    public void Remove()
    {
        if (_located.Userspace is { } userspace)
        {
            DaemonEnd.Of(userspace, () => Links.Remove(_session, Link));
            return;
        }

        RemovePeers();
        Links.Remove(_session, Link);
    }

    /// <summary>
    /// The kernel waits for a grace period with each peer that goes (netif_napi_del in drivers/net/wireguard/peer.c): a short, expedited
    /// one here, where it holds the RTNL lock, and a long one for those that go with the link, which it takes apart without that lock.
    /// </summary>
    private void RemovePeers()
    {
        try
        {
            _device.Apply(new WgDeviceChange { ReplacePeers = true });
        }
        catch (FaultException)
        {
            // What is wrong with the link, its removal says.
        }
    }

    /// <summary>Opens the namespace of the UDP socket; null where it is not known, or nothing names it any more.</summary>
    public NetNamespaceHandle? OpenTransport()
    {
        string? name = _located.Userspace is { } userspace ? $"pid:{userspace.ProcessId}" : TransportRecord.Parse(Link.Alias)?.Locate(_ns);
        return name is null ? null : NetNamespaceHandle.Open(name);
    }

    public void Dispose()
    {
        _device.Dispose();
        _session.Dispose();
        _ns.Dispose();
    }
}
