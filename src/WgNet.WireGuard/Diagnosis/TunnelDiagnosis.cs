using System.Net;
using System.Net.Sockets;
using WgNet.Netlink;
using WgNet.WireGuard.Tunnels;

namespace WgNet.WireGuard.Diagnosis;

/// <summary>
/// Asks why a tunnel does not work, in the order in which packets depend on things: interface, key, peer, socket, endpoint, route to it,
/// allowed IPs, far end, handshake. The echo requests to the far end are what makes a silent tunnel shake hands.
/// </summary>
internal sealed class TunnelDiagnosis(WgTunnelSession session, WgTunnel tunnel, NetNamespaceHandle home)
{
    private readonly List<WgTunnelCheck> _checks = [];

    /// <summary>Runs the checks.</summary>
    /// <param name="addresses">Whom to ask through the tunnel; empty: the far ends of its point-to-point addresses.</param>
    /// <param name="wait">How long each of three echo requests waits for its reply.</param>
    /// <param name="cancel">Ends the wait.</param>
    public WgTunnelTest Run(IReadOnlyList<IPAddress> addresses, TimeSpan wait, CancellationToken cancel)
    {
        Check("Interface", tunnel.State == NetLinkState.Up, "up", $"The interface is down: Set-WgTunnel {tunnel.Name} -Up.");
        Check("Key", tunnel.PublicKey is not null, $"public key {tunnel.PublicKey}", "There is no private key: Set-WgTunnel -PrivateKey.");
        Check("Peer", tunnel.Peers.Length > 0, $"{tunnel.Peers.Length} peer(s)", "There is no peer: Add-WgPeer.");
        using (NetNamespaceHandle? transport = session.OpenTransport())
        {
            if (transport is not null)
                CheckSocket(transport);
            foreach (WgPeer peer in tunnel.Peers)
                CheckEndpoint(peer, transport);
        }

        IPAddress[] targets = addresses.Count > 0 ? [.. addresses] : [.. tunnel.Address.Select(AddressSpec.Parse).Select(FarEnd).OfType<IPAddress>()];
        foreach (IPAddress target in targets)
            CheckAllowed(target);
        NetReachability[] answers = _checks.TrueForAll(check => check.Passed) ? [.. IcmpEcho.Probe(home, targets, 3, wait, cancel)] : [];
        WgTunnel after = session.Read(cancel);
        TimeSpan? age = after.Peers.Min(peer => peer.HandshakeAge);
        CheckHandshake(after, answers);
        foreach (NetReachability answer in answers)
        {
            Check("FarEnd", answer.Reachable, $"{answer.Address} answers",
                $"{answer.Address} does not answer{(answer.Error is null ? "" : $" ({answer.Error})")}: look at its addresses, its allowed IPs and its firewall.");
        }

        return new WgTunnelTest
        {
            Name = tunnel.Name,
            Namespace = tunnel.Namespace,
            FarEnds = answers,
            HandshakeAge = age,
            Checks = [.. _checks],
        };
    }

    /// <summary>The other address of a /31, /127, /30 or /126 (RFC 3021, RFC 6164); null where the prefix does not tell.</summary>
    internal static IPAddress? FarEnd(AddressSpec own)
    {
        byte[] bytes = own.Address.GetAddressBytes();
        int bits = bytes.Length * 8;
        int last = bytes[^1];
        if (own.PrefixLength == bits - 1)
            bytes[^1] = (byte)(last ^ 1);
        else if (own.PrefixLength == bits - 2 && (last & 3) is 1 or 2)
            bytes[^1] = (byte)(last ^ 3);
        else
            return null;
        return new IPAddress(bytes);
    }

    private void Check(string name, bool passed, string seen, string problem) => _checks.Add(new WgTunnelCheck(name, passed, passed ? seen : problem));

    private void CheckSocket(NetNamespaceHandle transport)
    {
        bool open = tunnel.ListenPort != 0 && UdpTable.HasPort(transport, tunnel.ListenPort);
        Check("Socket", open, $"UDP port {tunnel.ListenPort} is open{Where()}",
            tunnel.ListenPort == 0
                ? "No UDP port is open: it opens when the interface comes up."
                : $"UDP port {tunnel.ListenPort} is not open{Where()}: the port may be taken, or the namespace was removed. Set-WgTunnel -ListenPort binds it anew.");
    }

    private void CheckEndpoint(WgPeer peer, NetNamespaceHandle? transport)
    {
        // Without an endpoint the peer has to speak first; a handshake that it made counts.
        if (peer.Endpoint?.Address is null)
        {
            Check("Endpoint", peer.State == WgSessionState.Active, "learnt", $"The endpoint of peer {peer.PublicKey} is not known: wait until it speaks, or Set-WgPeer -Endpoint.");
            return;
        }

        if (transport is null)
            return;
        SocketError result = transport.Run(() => TryConnect(peer.Endpoint));
        Check("Underlay", result == SocketError.Success, $"there is a route to {peer.Endpoint}",
            $"There is no route to {peer.Endpoint}{Where()} ({result}): look at Get-NetLinkRoute -Namespace '{tunnel.TransportNamespace}'.");
    }

    private void CheckAllowed(IPAddress target) => Check("AllowedIPs",
        tunnel.Peers.SelectMany(peer => peer.AllowedIPs).Any(prefix => Contains(prefix, target)),
        $"{target} is allowed",
        $"{target} is in no peer's allowed IPs: Set-WgPeer -AllowedIPs.");

    private void CheckHandshake(WgTunnel after, NetReachability[] answers)
    {
        foreach (WgPeer peer in after.Peers)
        {
            bool idle = answers.Length == 0 && peer.PersistentKeepalive == 0;
            string advice = peer.State == WgSessionState.Never
                ? $"Peer {peer.PublicKey} never shook hands: does it know our public key {after.PublicKey}, do both have the same preshared key, does UDP reach {peer.Endpoint}?"
                : $"The latest handshake with peer {peer.PublicKey} is {peer.HandshakeAge?.TotalSeconds:0} s old: it does not answer any more at {peer.Endpoint}.";
            if (tunnel.TransportNamespace is null)
                advice += " The namespace of its UDP socket could not be looked at: nothing names it any more. If it is gone, remove the tunnel and make it anew.";
            Check("Handshake", peer.State == WgSessionState.Active || (idle && peer.State == WgSessionState.Stale), $"{peer.HandshakeAge?.TotalSeconds:0} s ago", advice);
        }
    }

    private string Where() => string.IsNullOrEmpty(tunnel.TransportNamespace) ? "" : $" in namespace '{tunnel.TransportNamespace}'";

    private static SocketError TryConnect(WgEndpoint endpoint)
    {
        try
        {
            // Connecting a UDP socket sends nothing; it looks up the route.
            using Socket socket = new(endpoint.Address!.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(endpoint.Address, endpoint.Port);
            return SocketError.Success;
        }
        catch (SocketException caught)
        {
            return caught.SocketErrorCode;
        }
    }

    private static bool Contains(AllowedIP prefix, IPAddress address) =>
        prefix.Address.AddressFamily == address.AddressFamily && new AllowedIP(address, prefix.PrefixLength) == prefix;
}
