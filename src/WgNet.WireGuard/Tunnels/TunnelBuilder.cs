using System.Net;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using WgNet.Netlink;
using WgNet.WireGuard.Userspace;

namespace WgNet.WireGuard.Tunnels;

/// <summary>
/// Makes a tunnel such as the article's: its UDP socket in the transport namespace for ever, its interface on the clear side, with its
/// addresses, up. The kernel makes one of its own like that at once; that of wireguard-go is made in the transport namespace and moved.
/// All or nothing: a step that fails takes back those before it.
/// </summary>
internal sealed class TunnelBuilder : IDisposable
{
    private readonly TunnelSpec _spec;
    private readonly NetNamespaceHandle _home;
    private readonly NetNamespaceHandle _transport;
    private readonly RouteSession _homeSession;
    private readonly RouteSession _transportSession;
    private readonly UndoStack _undo = new();
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
            using IWgDevice made = Create(cancel);
            cancel.ThrowIfCancellationRequested();
            made.Apply(device, cancel);
            if (_userspace is not null)
                Place();
            Dress();
            var located = new LocatedTunnel(Links.FindByIndex(_homeSession, _link!.Index), _userspace);
            WgTunnel tunnel = TunnelReader.Read(_home, _homeSession, located, made, NetNamespaces.NamesByIdentity, cancel);
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

    private IWgDevice Create(CancellationToken cancel)
    {
        if (_spec.Backend == WgBackend.Userspace)
            return CreateInUserspace(cancel);
        try
        {
            return CreateInKernel();
        }
        catch (FaultException fault) when (fault.Id == "LinkKindUnsupported" && _spec.Backend == WgBackend.Auto)
        {
            return CreateInUserspace(cancel);
        }
        catch (FaultException fault) when (fault.Id == "LinkExists")
        {
            throw Exists();
        }
    }

    private IWgDevice CreateInKernel()
    {
        var link = new LinkSpec(_spec.Name, LocatedTunnel.KernelKind) { Mtu = _mtu };
        try
        {
            _link = Links.Create(_transportSession, link, Moves ? _home : null, _homeSession);
        }
        catch (FaultException fault) when (fault.Id == "LinkExists" && Moves)
        {
            // The kernel wants the name to be free on the side where it is asked, too: under another one it is made, and renamed where it is.
            _link = Links.Create(_transportSession, link with { Name = "wgn-" + RandomNumberGenerator.GetHexString(10, lowercase: true) }, _home, _homeSession);
        }

        _undo.Push($"the link '{_spec.Name}'", () => Links.Remove(_homeSession, _link));
        if (_link.Name != _spec.Name)
        {
            Links.Change(_homeSession, _link, new LinkChange { Name = _spec.Name });
            _link = Links.FindByIndex(_homeSession, _link.Index);
        }

        return WgDevices.Kernel(_home, _spec.Name);
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

        if (_mtu is not null)
            Links.Change(_homeSession, _link, new LinkChange { Mtu = _mtu });
    }

    private void Dress()
    {
        TunnelInterface.Prepare(_home, _homeSession, _link!);
        foreach (AddressSpec address in _spec.Addresses)
        {
            // A point-to-point address has nobody to collide with; detection would keep it unusable for a second.
            Addresses.Add(_homeSession, _link!, address with { Flags = address.Flags | NetLinkAddressFlags.NoDad });
        }

        string? record = _userspace is null ? TransportRecord.Of(_transport).ToString() : null;
        if (_spec.Up || record is not null)
            Links.Change(_homeSession, _link!, new LinkChange { Alias = record, Up = _spec.Up ? true : null });
    }

    private FaultException Exists()
    {
        string where = _home.Name.Length == 0 ? "" : $" in namespace '{_home.Name}'";
        return new FaultException("TunnelExists", FaultKind.Exists,
            $"A link '{_spec.Name}' exists already{where}. Choose another -Name, or remove it with Remove-WgTunnel.", _spec.Name);
    }
}
