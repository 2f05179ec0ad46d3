using System.Buffers;
using System.Runtime.ExceptionServices;

namespace WgNet.Netlink;

/// <summary>
/// Receives the datagrams of one list on a thread of its own, a few ahead of who reads them: a fixed ring of buffers, so that
/// memory does not grow with the list and a slow reader slows the kernel.
/// </summary>
internal sealed class DatagramPump : IDisposable
{
    // 16 datagrams of 32 KiB are a few milliseconds of the kernel's writing.
    private const int Slots = 16;
    private readonly NetlinkSocket _socket;
    private readonly uint _sequence;
    private readonly string _operation;
    private readonly object? _target;
    private readonly byte[][] _buffers = new byte[Slots][];
    private readonly int[] _lengths = new int[Slots];
    private readonly SemaphoreSlim _free = new(Slots, Slots);
    private readonly SemaphoreSlim _filled = new(0, Slots + 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private int _next;
    private int _taken;

    public DatagramPump(NetlinkSocket socket, uint sequence, string operation, object? target)
    {
        _socket = socket;
        _sequence = sequence;
        _operation = operation;
        _target = target;
        for (int i = 0; i < Slots; i++)
            _buffers[i] = ArrayPool<byte>.Shared.Rent(NetlinkSocket.DatagramSize);
        _thread = new Thread(Receive, maxStackSize: 128 * 1024) { IsBackground = true, Name = "netlink dump" };
        _thread.Start();
    }

    /// <summary>The next datagram; its buffer is good until the next call.</summary>
    public (byte[] Buffer, int Length) Next(CancellationToken cancel)
    {
        if (_taken > 0)
            _free.Release();
        _filled.Wait(cancel);
        if (_taken == Volatile.Read(ref _next) && _failure is not null)
            _failure.Throw();
        int slot = _taken++ % Slots;
        return (_buffers[slot], _lengths[slot]);
    }

    /// <summary>Ends the thread, which takes no longer than the kernel needs for a datagram, or a tick of the socket's.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        foreach (byte[] buffer in _buffers)
            ArrayPool<byte>.Shared.Return(buffer);
        _free.Dispose();
        _filled.Dispose();
        _stop.Dispose();
    }

    private void Receive()
    {
        try
        {
            bool last = false;
            while (!last)
            {
                _free.Wait(_stop.Token);
                int slot = _next % Slots;
                _lengths[slot] = _socket.Receive(_buffers[slot], _operation, _target, _stop.Token);
                last = HoldsEnd(_buffers[slot].AsSpan(0, _lengths[slot]));
                Volatile.Write(ref _next, _next + 1);
                _filled.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has left.
        }
        catch (Exception caught)
        {
            // The reader gets it behind what was received before.
            _failure = ExceptionDispatchInfo.Capture(caught);
            _filled.Release();
        }
    }

    // Behind the last datagram nothing comes, and receiving would wait.
    private bool HoldsEnd(ReadOnlySpan<byte> datagram)
    {
        var reader = new MessageReader(datagram);
        while (reader.Next(out Message message))
        {
            if (message.Type is NetlinkConstants.NLMSG_DONE or NetlinkConstants.NLMSG_ERROR && message.Sequence == _sequence)
                return true;
        }

        return reader.Failed;
    }
}
