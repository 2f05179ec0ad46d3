using System.Net;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using WgNet.Netlink;
using WgNet.WireGuard.Userspace;

namespace WgNet.WireGuard.Tunnels;

/// <summary>
/// Makes a tunnel as the article does: create the interface in the transport namespace, where its UDP socket stays for ever, configure
/// it, move it to the clear side, give it its addresses, bring it up. All or nothing: a step that fails takes back those before it.
/// </summary>
internal sealed class TunnelBuilder : IDisposable
{
    private readonly TunnelSpec _spec;
    private readonly NetNamespaceHandle _home;
    private readonly NetNamespaceHandle _transport;
    private readonly RouteSession _homeSession;
    private readonly RouteSession _transportSession;
    private readonly UndoStack _undo = new();
    private RouteSession _where;
    private NetLink? _link;
    private UserspaceDevice? _userspace;
    private int? _mtu;

    public TunnelBuilder(TunnelSpec spec)
    {
        LinkName.Check(spec.Name);
        _spec = spec;
        try
        {
            _home = NetNamespaceHandle.Open(spec.Namespace);
            _transport = NetNamespaceHandle.Open(spec.TransportNamespace);
            _homeSession = RouteSession.Open(_home);
            _transportSession = RouteSession.Open(_transport);
            _where = _transportSession;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private bool Moves => _home.Identity != _transport.Identity;

    /// <summary>Makes the tunnel and reads it. One that cannot be read goes again: a caller who gets an error or stops has no tunnel.</summary>
    public WgTunnel Build(CancellationToken cancel)
    {
        // All that can be told beforehand is told before anything exists.
        if (Links.TryFind(_homeSession, _spec.Name) is not null)
            throw Exists();
        PortProbe.Check(_spec.Device.ListenPort ?? 0, _transport);
        WgDeviceChange device = WithEndpoint(cancel);
        _mtu = _spec.Mtu ?? (device.Peers is [{ Endpoint: { } endpoint }] ? UnderlayMtu.Below(_transportSession, endpoint, device.FirewallMark ?? 0) : null);
        try
        {
            using IWgDevice made = IsKernel() ? CreateInKernel() : CreateInUserspace(cancel);
            cancel.ThrowIfCancellationRequested();
            made.Apply(device, cancel);
            Place();
            Dress();
            var located = new LocatedTunnel(Links.FindByIndex(_where, _link!.Index), _userspace);
            WgTunnel tunnel = TunnelReader.Read(_home, _homeSession, located, NetNamespaces.NamesByIdentity, cancel);
            cancel.ThrowIfCancellationRequested();
            _undo.Keep();
            return tunnel;
        }
        catch (Exception caught)
        {
            Exception told = _undo.Unwind(caught);
            if (told == caught)
                ExceptionDispatchInfo.Throw(caught);
            throw told;
        }
    }

    public void Dispose()
    {
        // The constructor comes here too, with what it has opened so far.
        _homeSession?.Dispose();
        _transportSession?.Dispose();
        _home?.Dispose();
        _transport?.Dispose();
    }

    private WgDeviceChange WithEndpoint(CancellationToken cancel)
    {
        if (_spec.Endpoint is null)
            return _spec.Device;
        IPEndPoint endpoint = EndpointResolver.Resolve(_spec.Endpoint, _transport, cancel);
        return _spec.Device with { Peers = [.. _spec.Device.Peers.Select(peer => peer with { Endpoint = endpoint })] };
    }

    private bool IsKernel() => _spec.Backend switch
    {
        WgBackend.Kernel => true,
        WgBackend.Userspace => false,
        _ => Links.IsKindKnown(_transportSession, LocatedTunnel.KernelKind),
    };

    private IWgDevice CreateInKernel()
    {
        // Born under a name of its own where the user's may be taken on this side.
        string name = Moves ? "wgn-" + RandomNumberGenerator.GetHexString(10, lowercase: true) : _spec.Name;
        _link = Links.Create(_transportSession, new LinkSpec(name, LocatedTunnel.KernelKind));
        _undo.Push($"the link '{_spec.Name}'", () => Links.Remove(_where, _link));
        return WgDevices.Kernel(_transport, name);
    }

    private IWgDevice CreateInUserspace(CancellationToken cancel)
    {
        UserspaceDaemon daemon = WireGuardGo.Start(_transport, cancel);
        _undo.Push($"wireguard-go, process {daemon.ProcessId}", daemon.End);
        _link = Links.Find(_transportSession, daemon.StartName);
        _userspace = new UserspaceDevice(daemon.SocketPath, daemon.ProcessId, _spec.Name, _home.Identity, _transport.Identity);
        return WgDevices.Userspace(daemon.SocketPath);
    }

    /// <summary>Moves and renames in one request: no moment shows a half-named interface on either side.</summary>
    private void Place()
    {
        try
        {
            if (Moves)
            {
                _link = Links.Move(_transportSession, _link!.Name, _home, _spec.Name);
                _where = _homeSession;
            }
            else if (_link!.Name != _spec.Name)
            {
                Links.Change(_transportSession, _link, new LinkChange { Name = _spec.Name });
                _link = Links.Find(_transportSession, _spec.Name);
            }
        }
        catch (FaultException fault) when (fault.Id == "LinkExists")
        {
            throw Exists();
        }
    }

    private void Dress()
    {
        bool kernel = _link!.Kind == LocatedTunnel.KernelKind;
        if (_mtu is not null || kernel)
            Links.Change(_where, _link, new LinkChange { Mtu = _mtu, Alias = kernel ? TransportRecord.Of(_transport).ToString() : null });

        TunnelInterface.Prepare(_home, _where, _link);
        foreach (AddressSpec address in _spec.Addresses)
        {
            // A point-to-point address has nobody to collide with; detection would keep it unusable for a second.
            Addresses.Add(_where, _link, address with { Flags = address.Flags | NetLinkAddressFlags.NoDad });
        }

        if (_spec.Up)
            Links.Change(_where, _link, new LinkChange { Up = true });
    }

    private FaultException Exists()
    {
        string where = _home.Name.Length == 0 ? "" : $" in namespace '{_home.Name}'";
        return new FaultException("TunnelExists", FaultKind.Exists,
            $"A link '{_spec.Name}' exists already{where}. Choose another -Name, or remove it with Remove-WgTunnel.", _spec.Name);
    }
}
