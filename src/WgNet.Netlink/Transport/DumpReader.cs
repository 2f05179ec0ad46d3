namespace WgNet.Netlink;

/// <summary>
/// Walks the messages of a list while the kernel still writes it. A short list is read where it is asked for; from the fifth
/// datagram on a second thread receives ahead, since the kernel's writing and our reading take about as long.
/// </summary>
/// <remarks>
/// A list that the kernel marks as interrupted (NLM_F_DUMP_INTR) cannot be taken back once it was handed on: it is read to its end, and
/// <see cref="Interrupted"/> says so then. Left early, the socket drops what still comes before its next request.
/// </remarks>
internal sealed class DumpReader : IDisposable
{
    private const int ReadsBeforePump = 4;
    private readonly NetlinkSocket _socket;
    private readonly uint _sequence;
    private readonly string _operation;
    private readonly object? _target;
    private readonly CancellationToken _cancel;
    private DatagramPump? _pump;
    private byte[] _buffer = [];
    private int _length;
    private int _offset;
    private int _reads;
    private bool _done;

    internal DumpReader(NetlinkSocket socket, uint sequence, string operation, object? target, CancellationToken cancel)
    {
        _socket = socket;
        _sequence = sequence;
        _operation = operation;
        _target = target;
        _cancel = cancel;
    }

    /// <summary>Whether the list changed while the kernel wrote it: what was read may lack something, or hold it twice.</summary>
    public bool Interrupted { get; private set; }

    /// <summary>The next message, which is good until the next call; false at the end. A refusal is a <see cref="NetlinkException"/>.</summary>
    public bool Next(out Message message)
    {
        while (!_done)
        {
            if (_offset >= _length)
                Receive();
            var reader = new MessageReader(_buffer.AsSpan(_offset, _length - _offset));
            if (!reader.Next(out message))
                throw End(NetlinkSocket.Malformed(_operation, _target));
            _offset += NetlinkConstants.Align(MessageHeader.Size + message.Payload.Length);

            // What an earlier, abandoned request still gets.
            if (message.Sequence != _sequence)
                continue;
            Interrupted |= (message.Flags & MessageFlags.DumpInterrupted) != 0;
            if (message.Type > NetlinkConstants.NLMSG_OVERRUN)
                return true;
            if (message.Type is NetlinkConstants.NLMSG_DONE or NetlinkConstants.NLMSG_ERROR)
            {
                _done = true;
                Acknowledgement answer = Acknowledgement.Read(in message);
                if (answer.Error != 0)
                    throw new NetlinkException(_operation, answer.Error, answer.ExtendedAck, answer.Offset, _target);
            }
        }

        message = default;
        return false;
    }

    public void Dispose()
    {
        _pump?.Dispose();
        if (!_done)
            _socket.Abandon(_sequence);
        _done = true;
    }

    private void Receive()
    {
        _cancel.ThrowIfCancellationRequested();
        _offset = 0;
        _length = 0;
        if (_pump is null && ++_reads > ReadsBeforePump && Environment.ProcessorCount > 1)
            _pump = new DatagramPump(_socket, _sequence, _operation, _target);
        if (_pump is null)
            (_buffer, _length) = (_socket.Buffer, _socket.Receive(_socket.Buffer, _operation, _target, _cancel));
        else
            (_buffer, _length) = _pump.Next(_cancel);
    }

    private FaultException End(FaultException fault)
    {
        _done = true;
        return fault;
    }
}
