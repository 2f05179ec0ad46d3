using WgNet.Native;

namespace WgNet.Netlink;

/// <content>Several requests in one send.</content>
internal sealed partial class NetlinkSocket
{
    private bool _hasRoom;

    /// <summary>The receive buffer for the answers to many requests, in bytes: three times what they take.</summary>
    internal int BatchBuffer { get; init; } = 512 * 1024;

    /// <summary>
    /// Sends several requests at once, and hands on what comes back for each, in their order. Only the last is asked to be acknowledged: a
    /// refusal comes in any case (netlink_rcv_skb in net/netlink/af_netlink.c), so that silence before it is success. Where the kernel
    /// could not put a refusal into the receive buffer (ENOBUFS), silence says nothing, and the requests without an answer get
    /// <see cref="Acknowledgement.Lost"/>: they may be done or not.
    /// </summary>
    /// <param name="requests">Messages; their sequence numbers are stamped here.</param>
    /// <param name="reader">Takes the answers.</param>
    /// <param name="operation">What is tried, as a phrase that follows "Cannot".</param>
    /// <param name="cancel">Keeps them from being sent, and ends the wait where the kernel does not answer at once. What was sent is read.</param>
    public void ExecuteAll(RequestBatch requests, IBatchReader reader, string operation, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (_abandoned is uint old)
            Drain(old);
        MakeRoom();
        uint first = _sequence + 1;
        _sequence += (uint)requests.Count;
        Check(LibCalls.Send(_fd, requests.Stamped(first)), "send netlink requests");
        var answers = new BatchAnswers(reader, operation, first, requests.Count);
        while (!answers.Complete)
        {
            int count = Receive(_buffer, operation, null, cancel, isSent: true);
            if (count < 0)
            {
                // The loss is told before what is queued. The kernel answers while it takes the requests: what is not here by now will not come.
                answers.Silence = Acknowledgement.Lost;
                ReceiveQueued(ref answers);
                answers.AnswerUpTo(requests.Count);
            }
            else
            {
                answers.Take(_buffer.AsSpan(0, count));
            }
        }
    }

    // The answers to all wait in the receive buffer until the send returns, whatever an administrator set its size to.
    private void MakeRoom()
    {
        if (!_hasRoom)
            LibCalls.TrySetReceiveBuffer(_fd, BatchBuffer);
        _hasRoom = true;
    }

    private void ReceiveQueued(ref BatchAnswers answers)
    {
        while (!answers.Complete)
        {
            int count = LibCalls.Receive(_fd, _buffer, wait: false);
            if (count is -Errno.EINTR or -Errno.ENOBUFS)
                continue;
            if (count < 0 || count > _buffer.Length)
                break;
            answers.Take(_buffer.AsSpan(0, count));
        }
    }

    /// <summary>Brings the answers to a batch to their requests.</summary>
    private ref struct BatchAnswers(IBatchReader reader, string operation, uint first, int requests)
    {
        private int _answered;

        public readonly bool Complete => _answered >= requests;

        /// <summary>What a request is told that got no answer.</summary>
        public Acknowledgement Silence { get; set; }

        public void Take(ReadOnlySpan<byte> datagram)
        {
            var messages = new MessageReader(datagram);
            while (messages.Next(out Message message))
            {
                uint index = message.Sequence - first;
                if (index >= requests || index < _answered || message.Type is NetlinkConstants.NLMSG_NOOP)
                    continue;

                // They are answered in their order: what was skipped will not come any more.
                AnswerUpTo((int)index);
                if (message.Type == NetlinkConstants.NLMSG_ERROR)
                    reader.Answer(_answered++, Acknowledgement.Read(in message));
                else if (message.Type > NetlinkConstants.NLMSG_OVERRUN)
                    reader.Reply((int)index, in message);
            }

            if (messages.Failed)
                throw Malformed(operation, null);
        }

        public void AnswerUpTo(int end)
        {
            while (_answered < end)
                reader.Answer(_answered++, Silence);
        }
    }
}
