using WgNet.Native;

namespace WgNet.Netlink;

/// <content>Several requests in one send.</content>
internal sealed partial class NetlinkSocket
{
    private bool _hasRoom;

    /// <summary>The receive buffer for the answers to many requests, in bytes: three times what they take.</summary>
    internal int BatchBuffer { get; init; } = 512 * 1024;

    /// <summary>
    /// Sends several requests at once, and hands on what comes back for each, in their order. Where the answers did not fit the receive
    /// buffer (ENOBUFS), the requests that are without one get <see cref="Acknowledgement.Lost"/>: they may be done or not.
    /// </summary>
    /// <param name="requests">Messages with <see cref="MessageFlags.Ack"/> set; their sequence numbers are stamped here.</param>
    /// <param name="reader">Takes the answers.</param>
    /// <param name="operation">What is tried, as a phrase that follows "Cannot".</param>
    /// <param name="cancel">Ends the wait.</param>
    public void ExecuteAll(RequestBatch requests, IBatchReader reader, string operation, CancellationToken cancel = default)
    {
        if (_abandoned is uint old)
            Drain(old);
        MakeRoom();
        uint first = _sequence + 1;
        _sequence += (uint)requests.Count;
        Check(LibCalls.Send(_fd, requests.Stamped(first)), "send netlink requests");
        int answered = 0;
        while (answered < requests.Count)
        {
            int count = Receive(_buffer, operation, null, cancel, tellLoss: true);
            if (count < 0)
            {
                // The kernel answers while it takes the requests: what is not here by now will not come. What is queued still counts.
                AnswerAll(requests.Count, reader, operation, first, ref answered);
                return;
            }

            Answers(_buffer.AsSpan(0, count), requests.Count, reader, operation, first, ref answered);
        }
    }

    // The answers to all wait in the receive buffer until the send returns, whatever an administrator set its size to.
    private void MakeRoom()
    {
        if (!_hasRoom)
            LibCalls.TrySetReceiveBuffer(_fd, BatchBuffer);
        _hasRoom = true;
    }

    private static void Answers(ReadOnlySpan<byte> datagram, int requests, IBatchReader reader, string operation, uint first, ref int answered)
    {
        var messages = new MessageReader(datagram);
        while (messages.Next(out Message message))
        {
            uint index = message.Sequence - first;
            if (index >= requests || index < answered || message.Type is NetlinkConstants.NLMSG_NOOP)
                continue;

            // They are answered in their order: what was skipped will not come any more.
            while (answered < index)
                reader.Answer(answered++, Acknowledgement.Lost);
            if (message.Type == NetlinkConstants.NLMSG_ERROR)
                reader.Answer(answered++, Acknowledgement.Read(in message));
            else if (message.Type > NetlinkConstants.NLMSG_OVERRUN)
                reader.Reply((int)index, in message);
        }

        if (messages.Failed)
            throw Malformed(operation, null);
    }

    private void AnswerAll(int requests, IBatchReader reader, string operation, uint first, ref int answered)
    {
        while (answered < requests)
        {
            int count = LibCalls.Receive(_fd, _buffer, wait: false);
            if (count is -Errno.EINTR or -Errno.ENOBUFS)
                continue;
            if (count < 0 || count > _buffer.Length)
                break;
            Answers(_buffer.AsSpan(0, count), requests, reader, operation, first, ref answered);
        }

        while (answered < requests)
            reader.Answer(answered++, Acknowledgement.Lost);
    }
}
