using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>One received netlink message: its header's fields and its payload, which stays in the receive buffer.</summary>
internal readonly ref struct Message(scoped in MessageHeader header, ReadOnlySpan<byte> payload)
{
    public ushort Type { get; } = header.Type;

    public MessageFlags Flags { get; } = header.Flags;

    public uint Sequence { get; } = header.Sequence;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The family's fixed header; zero where the message is too short to hold it.</summary>
    public T Header<T>()
        where T : unmanaged => MemoryMarshal.TryRead(Payload, out T value) ? value : default;

    /// <summary>The attributes behind a fixed header of the given type.</summary>
    public AttributeReader Attributes<T>()
        where T : unmanaged
    {
        int start = NetlinkConstants.Align(Unsafe.SizeOf<T>());
        return new AttributeReader(Payload.Length >= start ? Payload[start..] : []);
    }
}

/// <summary>Cuts a datagram into messages. A cut message ends the walk and sets <see cref="Failed"/>.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    public bool Failed { get; private set; }

    public bool Next(out Message message)
    {
        message = default;
        if (_rest.IsEmpty)
            return false;
        if (!MemoryMarshal.TryRead(_rest, out MessageHeader header)
            || header.Length < MessageHeader.Size || header.Length > _rest.Length)
        {
            Failed = true;
            return false;
        }

        int length = (int)header.Length;
        message = new Message(in header, _rest[MessageHeader.Size..length]);
        _rest = _rest[Math.Min(NetlinkConstants.Align(length), _rest.Length)..];
        return true;
    }
}

/// <summary>What an NLMSG_ERROR, or the NLMSG_DONE of a refused dump, says.</summary>
internal readonly record struct Acknowledgement(int Error, string? ExtendedAck, int? Offset)
{
    /// <summary>None came, and the kernel could not put every one into the receive buffer.</summary>
    public static Acknowledgement Lost => new(Errno.ENOBUFS, null, null);

    /// <summary>Reads an acknowledgement; <see cref="Error"/> becomes the positive errno, 0 for success.</summary>
    public static Acknowledgement Read(in Message message)
    {
        if (message.Payload.Length < 4)
            return new Acknowledgement(message.Type == NetlinkConstants.NLMSG_DONE ? 0 : Errno.EPROTO, null, null);
        int error = -MemoryMarshal.Read<int>(message.Payload);
        if (!message.Flags.HasFlag(MessageFlags.AckTlvs))
            return new Acknowledgement(error, null, null);

        // Behind an NLMSG_ERROR's errno stands the request: all of it, or its header alone when it is capped.
        int start = 4;
        if (message.Type == NetlinkConstants.NLMSG_ERROR)
        {
            bool echoed = MemoryMarshal.TryRead(message.Payload[4..], out MessageHeader request);
            uint length = echoed && !message.Flags.HasFlag(MessageFlags.Capped) ? request.Length : MessageHeader.Size;
            if (!echoed || length > message.Payload.Length - 4)
                return new Acknowledgement(error, null, null);
            start += NetlinkConstants.Align((int)length);
        }

        string? text = null;
        int? offset = null;
        var reader = new AttributeReader(start <= message.Payload.Length ? message.Payload[start..] : []);
        while (reader.Next())
        {
            if (reader.Type == NetlinkConstants.NLMSGERR_ATTR_MSG)
                text = reader.Text();
            else if (reader.Type == NetlinkConstants.NLMSGERR_ATTR_OFFS)
                offset = (int)reader.U32();
        }

        return new Acknowledgement(error, text, offset);
    }
}
