using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>
/// Echo requests from one address of a namespace, whose flow the kernels tell from those of other addresses. Neither sending nor receiving
/// ever waits. Needs CAP_NET_RAW.
/// </summary>
internal sealed class EchoFlow : IDisposable
{
    /// <summary>The options' numbers in include/uapi/linux: in.h, in6.h, icmp.h, icmpv6.h.</summary>
    private const int IPPROTO_IP = 0, IPPROTO_IPV6 = 41, IPPROTO_ICMPV6 = 58, SOL_RAW = 255;
    private const int ICMP_FILTER = 1, ICMP6_FILTER = 1, IP_MTU_DISCOVER = 10, IPV6_MTU_DISCOVER = 23, IPV6_DONTFRAG = 62;
    private const int PMTUDISC_DO = 2, IcmpReply = 0, Icmp6Reply = 129;

    private readonly Socket _socket;
    private readonly ushort _identifier = (ushort)RandomNumberGenerator.GetInt32(1, ushort.MaxValue);
    private readonly byte[] _packet;
    private readonly byte[] _received = new byte[2048];

    /// <param name="ns">Where to send from.</param>
    /// <param name="source">The address to send from, one of the namespace's.</param>
    /// <param name="packetSize">Bytes of each packet, with the IP header.</param>
    /// <param name="fragment">False: a packet that is too big for its way is refused, not sent in pieces.</param>
    public EchoFlow(NetNamespaceHandle ns, IPAddress source, int packetSize = 84, bool fragment = true)
    {
        Source = source;
        _packet = new byte[packetSize - HeaderSize(source.AddressFamily)];
        _socket = ns.Run(() => Open(source));
        try
        {
            _socket.Blocking = false;
            if (IsIPv4)
                _socket.SetRawSocketOption(SOL_RAW, ICMP_FILTER, BitConverter.GetBytes(~(1u << IcmpReply)));
            else
                _socket.SetRawSocketOption(IPPROTO_ICMPV6, ICMP6_FILTER, OnlyReplies());
            if (!fragment)
                KeepWhole();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public IPAddress Source { get; }

    private bool IsIPv4 => Source.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>Bytes of an IP header.</summary>
    public static int HeaderSize(AddressFamily family) => family == AddressFamily.InterNetwork ? 20 : 40;

    /// <summary>Sends one request; what keeps it from being sent, such as a missing route, is the answer.</summary>
    public SocketError Send(IPAddress target, ushort sequence)
    {
        EchoPacket.WriteRequest(_packet, Source.AddressFamily, _identifier, sequence);
        try
        {
            _socket.SendTo(_packet, new IPEndPoint(target, 0));
            return SocketError.Success;
        }
        catch (SocketException caught)
        {
            return caught.SocketErrorCode;
        }
    }

    /// <summary>Takes one reply that has arrived; false: there is none.</summary>
    public bool TryReceive(out ushort sequence)
    {
        while (true)
        {
            int length = _socket.Receive(_received, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success && EchoPacket.TryReadReply(_received.AsSpan(0, length), Source.AddressFamily, _identifier, out sequence))
                return true;

            // What is not a reply to us, and errors that routers told of, are passed over.
            if (error is SocketError.WouldBlock or SocketError.TimedOut)
            {
                sequence = 0;
                return false;
            }
        }
    }

    /// <summary>Waits until something has arrived, or the time is over.</summary>
    public void Wait(TimeSpan time) => _socket.Poll(time, SelectMode.SelectRead);

    public void Dispose() => _socket.Dispose();

    private static Socket Open(IPAddress source)
    {
        bool ipv4 = source.AddressFamily == AddressFamily.InterNetwork;
        Socket? socket = null;
        try
        {
            socket = new Socket(source.AddressFamily, SocketType.Raw, ipv4 ? ProtocolType.Icmp : ProtocolType.IcmpV6);
            socket.Bind(new IPEndPoint(source, 0));
            return socket;
        }
        catch (SocketException caught)
        {
            socket?.Dispose();
            throw caught.SocketErrorCode == SocketError.AccessDenied
                ? IcmpEcho.Denied(caught)
                : new FaultException("EchoSourceUnavailable", FaultKind.Unavailable, $"Cannot send from {source}: {caught.Message}. Start-WgFabricLab makes the lab whole again.", source.ToString(), caught);
        }
    }

    private static byte[] OnlyReplies()
    {
        // A bit that is set blocks its type (RFC 3542, section 3.2).
        byte[] filter = new byte[32];
        Array.Fill(filter, byte.MaxValue);
        filter[Icmp6Reply / 8] &= unchecked((byte)~(1 << (Icmp6Reply % 8)));
        return filter;
    }

    private void KeepWhole()
    {
        byte[] option = BitConverter.GetBytes(PMTUDISC_DO);
        if (IsIPv4)
        {
            _socket.SetRawSocketOption(IPPROTO_IP, IP_MTU_DISCOVER, option);
            return;
        }

        _socket.SetRawSocketOption(IPPROTO_IPV6, IPV6_MTU_DISCOVER, option);
        _socket.SetRawSocketOption(IPPROTO_IPV6, IPV6_DONTFRAG, BitConverter.GetBytes(1));
    }
}
