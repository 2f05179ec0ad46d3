using System.Net;
using WgNet.Netlink;
using WgNet.WireGuard;

namespace WgNet.Fabric;

/// <summary>What differs in a tunnel that is there, and the changes of its device, addresses and link that remove it, and those that bring it back.</summary>
internal sealed class TunnelChange
{
    /// <summary>What both back ends choose.</summary>
    private const int DefaultMtu = 1420;

    /// <summary>A session that was used within this time (the protocol's REJECT_AFTER_TIME) shows where a peer behind NAT is.</summary>
    private static readonly TimeSpan s_sessionLife = TimeSpan.FromSeconds(180);

    private readonly GatewayPlan _plan;
    private readonly WgFabricTunnel _tunnel;
    private readonly TunnelState _there;
    private readonly List<WgPeerChange> _peers = [];
    private readonly List<WgPeerChange> _peersBack = [];

    private TunnelChange(GatewayPlan plan, WgFabricTunnel tunnel, TunnelState there)
    {
        _plan = plan;
        _tunnel = tunnel;
        _there = there;
    }

    public List<WgFabricDifference> Differences { get; } = [];

    public WgDeviceChange Device { get; private set; } = new();

    public WgDeviceChange DeviceBack { get; private set; } = new();

    public List<AddressSpec> Added { get; } = [];

    public List<AddressSpec> Removed { get; } = [];

    public int? Mtu { get; private set; }

    public bool Up { get; private set; }

    public static TunnelChange Find(GatewayPlan plan, GatewayState state, WgFabricTunnel tunnel, TunnelState there)
    {
        var change = new TunnelChange(plan, tunnel, there);
        change.ComparePort();
        change.ComparePeers(state);
        change.CompareAddresses();
        change.CompareLink();
        return change;
    }

    private void ComparePort()
    {
        ushort port = (ushort)_tunnel.ListenPort, actual = _there.Device.ListenPort;
        if (actual != port)
        {
            Note(WgFabricPart.Tunnel, "ListenPort", $"{port}", $"{actual}", WgFabricAction.Change);
            Device = Device with { ListenPort = port };
            DeviceBack = DeviceBack with { ListenPort = actual };
        }
    }

    private void ComparePeers(GatewayState state)
    {
        WgPublicKey wanted = _tunnel.PeerPublicKey!;
        foreach (WgPeerState stranger in _there.Device.Peers.Where(peer => !peer.PublicKey.Equals(wanted)))
        {
            Note(WgFabricPart.Peer, "PublicKey", null, stranger.PublicKey.Text, WgFabricAction.Remove);
            _peers.Add(new WgPeerChange { PublicKey = stranger.PublicKey, Remove = true });
            _peersBack.Add(TunnelState.Again(stranger));
        }

        if (Array.Find(_there.Device.Peers, peer => peer.PublicKey.Equals(wanted)) is { } there)
        {
            ComparePeer(state, there);
        }
        else
        {
            Note(WgFabricPart.Peer, "PublicKey", wanted.Text, null, WgFabricAction.Add);
            _peers.Add(TunnelSpecs.Peer(_tunnel, state.Preshared) with { Endpoint = Target(state) });
            _peersBack.Insert(0, new WgPeerChange { PublicKey = wanted, Remove = true });
        }

        Device = Device with { Peers = _peers };
        DeviceBack = DeviceBack with { Peers = _peersBack };
    }

    private void ComparePeer(GatewayState state, WgPeerState there)
    {
        var change = new WgPeerChange { PublicKey = there.PublicKey, UpdateOnly = true };
        WgPeerChange back = change;
        if (EndpointDiffers(state, there) && Target(state) is { } target)
        {
            Note(WgFabricPart.Peer, "Endpoint", _tunnel.Endpoint!.ToString(), there.Endpoint?.ToString(), WgFabricAction.Change);
            change = change with { Endpoint = target };
            back = back with { Endpoint = there.Endpoint };
        }

        if (there.PersistentKeepalive != _tunnel.PersistentKeepalive)
        {
            Note(WgFabricPart.Peer, "PersistentKeepalive", $"{_tunnel.PersistentKeepalive}", $"{there.PersistentKeepalive}", WgFabricAction.Change);
            change = change with { PersistentKeepalive = (ushort)_tunnel.PersistentKeepalive };
            back = back with { PersistentKeepalive = there.PersistentKeepalive };
        }

        WgPresharedKey? preshared = state.Preshared.GetValueOrDefault(_tunnel.PeerGateway);
        if (!Equals(preshared, there.PresharedKey))
        {
            Note(WgFabricPart.Peer, "PresharedKey", preshared is null ? null : "(hidden)", there.PresharedKey is null ? null : "(hidden)", WgFabricAction.Change);
            change = change with { PresharedKey = preshared ?? WgPresharedKey.None() };
            back = back with { PresharedKey = there.PresharedKey ?? WgPresharedKey.None() };
        }

        if (!AllowedIP.Everything.ToHashSet().SetEquals(there.AllowedIPs))
        {
            Note(WgFabricPart.Peer, "AllowedIPs", string.Join(", ", AllowedIP.Everything), string.Join(", ", there.AllowedIPs), WgFabricAction.Change);
            change = change with { ReplaceAllowedIPs = true, AllowedIPs = AllowedIP.Everything };
            back = back with { ReplaceAllowedIPs = true, AllowedIPs = there.AllowedIPs };
        }

        if (change != back)
        {
            _peers.Add(change);
            _peersBack.Insert(0, back);
        }
    }

    /// <summary>Where the file gives no endpoint, the peer comes by itself. One behind NAT is where its session shows it.</summary>
    private bool EndpointDiffers(GatewayState state, WgPeerState there)
    {
        if (_tunnel.Endpoint is not { } endpoint)
            return false;
        if (there.Endpoint is not { } actual)
            return true;
        if (_plan.Fabric.Gateways.First(gateway => gateway.Name == _tunnel.PeerGateway).BehindNat && DateTimeOffset.UtcNow - there.LatestHandshake < s_sessionLife)
            return false;
        IReadOnlyList<IPAddress> addresses = endpoint.Address is { } address ? [address] : state.Resolved.GetValueOrDefault(_tunnel.Name) ?? [actual.Address];
        return actual.Port != endpoint.Port || !addresses.Any(one => one.GetAddressBytes().AsSpan().SequenceEqual(actual.Address.GetAddressBytes()));
    }

    // Null: a name that could not be looked up, which a warning has told.
    private IPEndPoint? Target(GatewayState state) => _tunnel.Endpoint switch
    {
        null => null,
        { Address: { } address, Zone: null } literal => new IPEndPoint(address, literal.Port),
        { Address: not null } zoned => EndpointResolver.Resolve(zoned, null, CancellationToken.None),
        { } named => state.Resolved.TryGetValue(_tunnel.Name, out IReadOnlyList<IPAddress>? found) ? new IPEndPoint(found[0], named.Port) : null,
    };

    private void CompareAddresses()
    {
        AddressSpec[] wanted = [.. _tunnel.Address.Select(AddressSpec.Parse)];
        foreach (AddressSpec missing in wanted.Where(spec => !_there.Addresses.Any(address => Is(address, spec))))
        {
            Note(WgFabricPart.Address, null, missing.ToString(), null, WgFabricAction.Add);
            Added.Add(missing with { Flags = NetLinkAddressFlags.NoDad });
        }

        // An address that is not of the pools is the operator's own.
        foreach (NetLinkAddress other in _there.Addresses.Where(address => _plan.Fabric.Pool.Contains(address.Address) && !wanted.Any(spec => Is(address, spec))))
        {
            Note(WgFabricPart.Address, null, null, other.ToString(), WgFabricAction.Remove);
            Removed.Add(TunnelState.Spec(other));
        }
    }

    private void CompareLink()
    {
        int mtu = _tunnel.Mtu ?? DefaultMtu;
        if (_there.Link.Mtu != mtu)
        {
            Note(WgFabricPart.Tunnel, "Mtu", $"{mtu}", $"{_there.Link.Mtu}", WgFabricAction.Change);
            Mtu = mtu;
        }

        if (_there.Link.State != NetLinkState.Up)
        {
            Note(WgFabricPart.Tunnel, "State", "Up", "Down", WgFabricAction.Change);
            Up = true;
        }
    }

    private static bool Is(NetLinkAddress address, AddressSpec spec) =>
        address.Address.Equals(spec.Address) && address.PrefixLength == spec.PrefixLength && address.Peer is null;

    private void Note(WgFabricPart kind, string? property, string? desired, string? actual, WgFabricAction action) => Differences.Add(new WgFabricDifference
    {
        Gateway = _plan.Gateway.Name,
        Kind = kind,
        Name = _tunnel.Name,
        Property = property,
        Desired = desired,
        Actual = actual,
        Action = action,
    });
}
