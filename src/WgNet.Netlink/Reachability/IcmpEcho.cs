using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace WgNet.Netlink;

/// <summary>
/// ICMP echo from inside a network namespace (RFC 792, RFC 4443), to many addresses at once, without a process. Needs
/// CAP_NET_RAW. Replies are told apart by a random identifier, the sequence number and the sender.
/// </summary>
public static class IcmpEcho
{
    private const int PayloadSize = 56;

    // Packets that are looked at when the time is over: on a busy host those of others never end.
    private const int MostLate = 1000;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Sends rounds of requests, one to each address still silent, and waits for the replies.</summary>
    /// <param name="ns">Where to send from.</param>
    /// <param name="addresses">Addresses of either family, no host names.</param>
    /// <param name="count">Requests to each address at most; an address that answered gets no more.</param>
    /// <param name="wait">How long each round waits.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>One result an address, in their order.</returns>
    public static IReadOnlyList<NetReachability> Probe(NetNamespaceHandle ns, IReadOnlyList<IPAddress> addresses, int count, TimeSpan wait, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(ns);
        ArgumentNullException.ThrowIfNull(addresses);
        var targets = addresses.Select(address => new Target(address)).ToArray();
        foreach (IGrouping<AddressFamily, Target> family in targets.GroupBy(target => target.Address.AddressFamily))
        {
            using Socket socket = ns.Run(() => OpenSocket(family.Key));
            ushort identifier = (ushort)RandomNumberGenerator.GetInt32(1, ushort.MaxValue);
            for (ushort round = 1; round <= count && family.Any(target => target.Received == 0); round++)
            {
                Target[] silent = [.. family.Where(target => target.Received == 0)];
                foreach (Target target in silent)
                    target.Send(socket, identifier, round);
                Collect(socket, silent, identifier, round, wait, cancel);
            }
        }

        return [.. targets.Select(target => target.Result(ns.Name))];
    }

    /// <summary>The fault where a raw socket was refused: "EchoPermissionDenied".</summary>
    public static FaultException Denied(SocketException refusal) =>
        new("EchoPermissionDenied", FaultKind.PermissionDenied, "May not send ICMP echo requests. " + Capabilities.Advice(Capability.CAP_NET_RAW), inner: refusal);

    private static Socket OpenSocket(AddressFamily family)
    {
        try
        {
            return new Socket(family, SocketType.Raw, family == AddressFamily.InterNetwork ? ProtocolType.Icmp : ProtocolType.IcmpV6)
            {
                ReceiveTimeout = (int)s_tick.TotalMilliseconds,
            };
        }
        catch (SocketException caught) when (caught.SocketErrorCode == SocketError.AccessDenied)
        {
            throw Denied(caught);
        }
    }

    private static void Collect(Socket socket, Target[] silent, ushort identifier, ushort round, TimeSpan wait, CancellationToken cancel)
    {
        Span<byte> buffer = stackalloc byte[2048];
        EndPoint sender = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        long start = Stopwatch.GetTimestamp();

        // What has come by then counts, also where this process stood still and the time is over before it was read.
        for (int late = 0; silent.Any(target => target.Awaits) && (Stopwatch.GetElapsedTime(start) < wait || (late++ < MostLate && socket.Poll(0, SelectMode.SelectRead)));)
        {
            cancel.ThrowIfCancellationRequested();
            int length;
            try
            {
                length = socket.ReceiveFrom(buffer, SocketFlags.None, ref sender);
            }
            catch (SocketException caught) when (caught.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.Interrupted
                or SocketError.HostUnreachable or SocketError.NetworkUnreachable)
            {
                continue;
            }

            if (EchoPacket.TryReadReply(buffer[..length], socket.AddressFamily, identifier, out ushort sequence) && sequence == round)
                Array.Find(silent, target => target.Awaits && target.IsFrom(((IPEndPoint)sender).Address))?.Receive();
        }
    }

    private sealed class Target(IPAddress address)
    {
        private long _sentAt;
        private int _sent;
        private string? _error;
        private TimeSpan? _roundTrip;

        public IPAddress Address { get; } = address;

        public int Received { get; private set; }

        /// <summary>A request of this round is on its way.</summary>
        public bool Awaits { get; private set; }

        public bool IsFrom(IPAddress sender) => sender.GetAddressBytes().AsSpan().SequenceEqual(Address.GetAddressBytes());

        public void Send(Socket socket, ushort identifier, ushort round)
        {
            Span<byte> request = stackalloc byte[EchoPacket.HeaderSize + PayloadSize];
            EchoPacket.WriteRequest(request, Address.AddressFamily, identifier, round);
            _sentAt = Stopwatch.GetTimestamp();
            try
            {
                socket.SendTo(request, new IPEndPoint(Address, 0));
                _sent++;
                Awaits = true;
            }
            catch (SocketException caught)
            {
                _error = caught.Message;
                Awaits = false;
            }
        }

        public void Receive()
        {
            _roundTrip = Stopwatch.GetElapsedTime(_sentAt);
            Received++;
            Awaits = false;
        }

        public NetReachability Result(string ns) => new()
        {
            Namespace = ns,
            Address = Address,
            Sent = _sent,
            Received = Received,
            RoundTrip = _roundTrip,
            Error = Received > 0 ? null : _error,
        };
    }
}
