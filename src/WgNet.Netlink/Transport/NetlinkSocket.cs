using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using WgNet.Native;

namespace WgNet.Netlink;

/// <summary>Turns one message of a dump into an item; false skips the message.</summary>
internal delegate bool MessageDecoder<T>(in Message message, out T item);

/// <summary>
/// A netlink socket. It stays in the network namespace in which it was opened, whichever thread uses it. One request at
/// a time; not thread safe. Every wait looks at the token every fifth of a second and ends at a time limit.
/// </summary>
internal sealed partial class NetlinkSocket : INetlinkChannel, IDisposable
{
    // The kernel fills at most 32 KiB a read (Documentation/userspace-api/netlink/intro.rst); twice that never cuts.
    internal const int DatagramSize = 64 * 1024;
    private const int DumpAttempts = 10;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(200);
    private readonly int _fd;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(DatagramSize);
    private uint _sequence;
    private uint? _abandoned;
    private bool _disposed;

    private NetlinkSocket(int fd) => _fd = fd;

    /// <summary>Where replies are received that are read at once.</summary>
    internal byte[] Buffer => _buffer;

    /// <summary>How long a reply may take. The kernel answers while the request is sent; a busy RTNL lock can make it wait.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens a socket in a namespace.</summary>
    /// <param name="protocol">NETLINK_ROUTE or NETLINK_GENERIC.</param>
    /// <param name="ns">The namespace; null is the calling thread's own.</param>
    /// <param name="groups">Legacy multicast groups (bits) to join; events only.</param>
    /// <param name="batchBuffer">See <see cref="BatchBuffer"/>; null for the default.</param>
    public static NetlinkSocket Open(int protocol, NetNamespaceHandle? ns, uint groups = 0, int? batchBuffer = null)
    {
        int fd = Check(ns is null ? LibCalls.NetlinkSocket(protocol) : NamespaceThread.Run(ns, () => LibCalls.NetlinkSocket(protocol)), "open a netlink socket");
        if (ns is not null)
            ns.Cookie ??= LibCalls.NamespaceCookie(fd);
        NetlinkSocket socket = batchBuffer is int room ? new NetlinkSocket(fd) { BatchBuffer = room } : new NetlinkSocket(fd);
        try
        {
            // Options that an old kernel may lack only make its errors terser.
            LibCalls.TrySetNetlinkOption(fd, NetlinkConstants.NETLINK_EXT_ACK, 1);
            LibCalls.TrySetNetlinkOption(fd, NetlinkConstants.NETLINK_CAP_ACK, 1);
            LibCalls.TrySetNetlinkOption(fd, NetlinkConstants.NETLINK_GET_STRICT_CHK, 1);
            if (groups != 0)
                LibCalls.TrySetReceiveBuffer(fd, 4 * 1024 * 1024);
            SetTick(fd);
            Check(LibCalls.BindNetlink(fd, groups), "bind a netlink socket");
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one request and waits for its acknowledgement. A refusal is a <see cref="NetlinkException"/>.</summary>
    /// <param name="request">One message with <see cref="MessageFlags.Ack"/> set; its sequence number is stamped here.</param>
    /// <param name="operation">What is tried, as a phrase that follows "Cannot".</param>
    /// <param name="target">What the error is about.</param>
    /// <param name="cancel">Ends the wait.</param>
    public void Execute(ReadOnlySpan<byte> request, string operation, object? target = null, CancellationToken cancel = default)
    {
        uint sequence = Send(request);
        Exchange<bool>(sequence, decode: null, items: null, operation, target, cancel, out _);
    }

    /// <summary>Sends one request with <see cref="MessageFlags.Ack"/> and returns what comes before its acknowledgement, for example RTM_GETLINK of one link.</summary>
    public List<T> Query<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default)
    {
        var items = new List<T>();
        uint sequence = Send(request);
        Exchange(sequence, decode, items, operation, target, cancel, out _);
        return items;
    }

    /// <summary>
    /// Asks for a whole list. A dump that the kernel marks as interrupted (NLM_F_DUMP_INTR: the list changed meanwhile) is
    /// thrown away and asked for again, ten times at most; then fault "DumpInterrupted".
    /// </summary>
    public List<T> Dump<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default)
    {
        for (int attempt = 0; attempt < DumpAttempts; attempt++)
        {
            var items = new List<T>();
            uint sequence = Send(request);
            Exchange(sequence, decode, items, operation, target, cancel, out bool interrupted);
            if (!interrupted)
                return items;
        }

        throw new FaultException("DumpInterrupted", FaultKind.Unavailable,
            $"Cannot {operation}: the list kept changing while the kernel wrote it ({DumpAttempts} attempts). Try again.", target);
    }

    /// <summary>
    /// Asks for a whole list that is read while it arrives, in memory that does not grow with it. The reader is to be disposed before
    /// anything else is asked.
    /// </summary>
    public DumpReader OpenDump(ReadOnlySpan<byte> request, string operation, object? target = null, CancellationToken cancel = default) =>
        new(this, Send(request), operation, target, cancel);

    public string? LinkName(int index) => LibCalls.LinkName(_fd, index);

    public int LinkIndex(string name) => LibCalls.LinkIndex(_fd, name);

    /// <summary>
    /// Waits for the next datagram of events. Empty after a tick without one, or at once when not to wait. Fault "EventsLost" (ENOBUFS):
    /// the kernel dropped events, and drops all further ones until everything that is queued has been read.
    /// </summary>
    public ReadOnlySpan<byte> ReceiveEvents(bool wait = true)
    {
        int count = LibCalls.Receive(_fd, _buffer, wait);
        return count switch
        {
            >= 0 when count <= _buffer.Length => _buffer.AsSpan(0, count),
            -Errno.EAGAIN or -Errno.EINTR => [],
            -Errno.ENOBUFS or >= 0 => throw new FaultException("EventsLost", FaultKind.Unavailable, "The kernel dropped events: they came faster than they were read."),
            _ => throw new NetlinkException("receive netlink events", -count),
        };
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        LibCalls.Close(_fd);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
    }

    /// <summary>Takes over a fresh descriptor: a wire-level test holds the other end.</summary>
    internal static NetlinkSocket Adopt(int fd, TimeSpan timeLimit)
    {
        SetTick(fd);
        return new NetlinkSocket(fd) { TimeLimit = timeLimit };
    }

    /// <summary>What still comes for a request is of no interest: it is dropped before the next request, which the kernel would refuse meanwhile.</summary>
    internal void Abandon(uint sequence) => _abandoned = sequence;

    /// <summary>Waits for a datagram; its length.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="operation">What is tried, for faults.</param>
    /// <param name="target">What faults are about.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="isSent">For what is done and answered already: the token ends no more than a wait, and where the kernel had to drop datagrams, -1 instead of a fault.</param>
    internal int Receive(byte[] buffer, string operation, object? target, CancellationToken cancel, bool isSent = false)
    {
        long start = Stopwatch.GetTimestamp();
        for (bool waited = false; ; waited = true)
        {
            if (waited || !isSent)
                cancel.ThrowIfCancellationRequested();
            int count = LibCalls.Receive(_fd, buffer);
            if (count > buffer.Length)
                throw Malformed(operation, target);
            if (count >= 0)
                return count;
            if (count == -Errno.ENOBUFS && isSent)
                return -1;
            if (count is not (-Errno.EAGAIN or -Errno.EINTR))
                throw new NetlinkException(operation, -count, target: target);
            if (Stopwatch.GetElapsedTime(start) > TimeLimit)
                throw new FaultException("NetlinkTimeout", FaultKind.Timeout, $"Cannot {operation}: the kernel did not answer within {TimeLimit.TotalSeconds:0} s.", target);
        }
    }

    internal static FaultException Malformed(string operation, object? target) =>
        new("MalformedReply", FaultKind.InvalidData, $"Cannot {operation}: the kernel's answer is cut short.", target);

    private static void SetTick(int fd) => Check(LibCalls.SetReceiveTimeout(fd, s_tick), "set a receive timeout");

    private static int Check(int result, string operation) => result >= 0 ? result : throw new NetlinkException(operation, -result);

    private uint Send(ReadOnlySpan<byte> request)
    {
        if (_abandoned is uint old)
            Drain(old);
        uint sequence = ++_sequence;
        byte[] copy = ArrayPool<byte>.Shared.Rent(request.Length);
        try
        {
            Span<byte> message = copy.AsSpan(0, request.Length);
            request.CopyTo(message);
            MemoryMarshal.Write(message[8..], in sequence);
            Check(LibCalls.Send(_fd, message), "send a netlink request");
        }
        finally
        {
            // A request may hold a private key.
            ArrayPool<byte>.Shared.Return(copy, clearArray: true);
        }

        return sequence;
    }

    private void Exchange<T>(uint sequence, MessageDecoder<T>? decode, List<T>? items, string operation, object? target, CancellationToken cancel, out bool interrupted)
    {
        interrupted = false;
        while (true)
        {
            int count = Receive(_buffer, operation, target, cancel);
            var reader = new MessageReader(_buffer.AsSpan(0, count));
            while (reader.Next(out Message message))
            {
                // What an earlier, abandoned request still gets.
                if (message.Sequence != sequence)
                    continue;
                interrupted |= message.Flags.HasFlag(MessageFlags.DumpInterrupted);
                switch (message.Type)
                {
                    case NetlinkConstants.NLMSG_NOOP:
                        continue;
                    case NetlinkConstants.NLMSG_ERROR:
                    case NetlinkConstants.NLMSG_DONE:
                        Acknowledgement answer = Acknowledgement.Read(in message);
                        if (answer.Error != 0)
                            throw new NetlinkException(operation, answer.Error, answer.ExtendedAck, answer.Offset, target);
                        return;
                    default:
                        if (decode is not null && decode(in message, out T item))
                            items!.Add(item);
                        break;
                }
            }

            if (reader.Failed)
                throw Malformed(operation, target);
        }
    }

    private void Drain(uint sequence)
    {
        _abandoned = null;
        try
        {
            Exchange<bool>(sequence, decode: null, items: null, "drop an abandoned list", null, default, out _);
        }
        catch (NetlinkException refusal) when (refusal.Error != Errno.EBADF)
        {
            // It ended with an error, of which nobody wants to know.
        }
    }
}
