using System.Buffers;
using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>
/// Requests that go to the kernel in one send. The kernel works them off one after the other, and answers each by itself: a refused one
/// does not keep the next from being done (netlink_rcv_skb in net/netlink/af_netlink.c).
/// </summary>
internal sealed class RequestBatch : IDisposable
{
    // What 64 changes echo fills a third of the default receive buffer (net.core.rmem_default); the largest route takes 3 KiB.
    private const int Most = 64;
    private const int FullSize = 16 * 1024;
    private readonly int _room;
    private byte[] _bytes;
    private int _length;

    /// <param name="room">How many bytes one request can have.</param>
    public RequestBatch(int room)
    {
        _room = room;
        _bytes = ArrayPool<byte>.Shared.Rent(FullSize + room);
    }

    /// <summary>How many requests there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it is to be sent before anything is added.</summary>
    public bool IsFull => Count >= Most || _length >= FullSize;

    /// <summary>Where the next request is written to; <see cref="Take"/> takes it over.</summary>
    public MessageWriter Begin() => new(_bytes.AsSpan(_length, _room));

    /// <summary>Takes over what was written; what does not fit a message is the fault "MessageTooLong", and not part of the batch.</summary>
    public void Take(scoped in MessageWriter writer)
    {
        _length += writer.Written.Length;
        Count++;
    }

    public void Clear() => (_length, Count) = (0, 0);

    /// <summary>All requests, numbered from a sequence number on, the last to be acknowledged.</summary>
    public ReadOnlySpan<byte> Stamped(uint first)
    {
        for (int at = 0, next; at < _length; at = next)
        {
            Span<byte> request = _bytes.AsSpan(at);
            MessageHeader header = MemoryMarshal.Read<MessageHeader>(request);
            next = at + NetlinkConstants.Align((int)header.Length);
            header.Sequence = first++;
            header.Flags = next < _length ? header.Flags & ~MessageFlags.Ack : header.Flags | MessageFlags.Ack;
            MemoryMarshal.Write(request, in header);
        }

        return _bytes.AsSpan(0, _length);
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Clear();
    }
}

/// <summary>Takes what the kernel answers to the requests of a batch, each by its place in it.</summary>
internal interface IBatchReader
{
    /// <summary>What comes before an acknowledgement: the echo of what was made.</summary>
    void Reply(int index, in Message message);

    /// <summary>How it ended, good or bad. It comes once for each request, in their order.</summary>
    void Answer(int index, in Acknowledgement answer);
}
