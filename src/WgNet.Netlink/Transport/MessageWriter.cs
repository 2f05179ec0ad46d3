using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace WgNet.Netlink;

/// <summary>
/// Writes one or more netlink messages into a buffer of the caller. The error is sticky: what does not fit is left
/// out, <see cref="Overflowed"/> tells so at the end, and <see cref="Written"/> throws, so that code that writes
/// reads as a straight list of attributes and a cut message is never sent.
/// </summary>
internal ref struct MessageWriter
{
    private readonly Span<byte> _buffer;
    private int _length;
    private int _messageStart;

    public MessageWriter(Span<byte> buffer)
    {
        _buffer = buffer;
        _messageStart = -1;
    }

    /// <summary>True once anything did not fit the buffer, or an attribute outgrew its 16-bit length.</summary>
    public bool Overflowed { get; private set; }

    public readonly int Length => _length;

    public readonly ReadOnlySpan<byte> Written => Overflowed
        ? throw new FaultException("MessageTooLong", FaultKind.InvalidArgument, "The request does not fit one netlink message.")
        : _buffer[.._length];

    /// <summary>Begins a message. Its sequence number is stamped by the socket that sends it.</summary>
    public void Begin(ushort type, MessageFlags flags)
    {
        _messageStart = _length;
        var header = new MessageHeader { Type = type, Flags = flags | MessageFlags.Request };
        Struct(header);
    }

    /// <summary>Ends the message begun last: its length is known now.</summary>
    public void End()
    {
        if (!Overflowed)
            MemoryMarshal.Write(_buffer[_messageStart..], (uint)(_length - _messageStart));
    }

    /// <summary>A family's fixed header, or any other plain structure.</summary>
    public void Struct<T>(scoped in T value)
        where T : unmanaged
    {
        Span<byte> room = Reserve(Unsafe.SizeOf<T>());
        if (!room.IsEmpty)
            MemoryMarshal.Write(room, in value);
    }

    public void Bytes(ushort type, scoped ReadOnlySpan<byte> value)
    {
        Span<byte> room = Header(type, value.Length);
        if (!Overflowed)
            value.CopyTo(room);
    }

    public void U8(ushort type, byte value) => Value(type, value);

    public void U16(ushort type, ushort value) => Value(type, value);

    public void U32(ushort type, uint value) => Value(type, value);

    public void S32(ushort type, int value) => Value(type, value);

    public void U64(ushort type, ulong value) => Value(type, value);

    /// <summary>A port number: network byte order, as the kernel's __be16 attributes want it.</summary>
    public void U16BigEndian(ushort type, ushort value) => Value(type, BinaryPrimitives.ReverseEndianness(value));

    public void Flag(ushort type) => Bytes(type, []);

    /// <summary>A NUL-terminated UTF-8 string.</summary>
    public void Text(ushort type, string value)
    {
        int count = Encoding.UTF8.GetByteCount(value);
        Span<byte> room = Header(type, count + 1);
        if (Overflowed)
            return;
        Encoding.UTF8.GetBytes(value, room);
        room[count] = 0;
    }

    /// <summary>An address in network byte order, 4 or 16 bytes.</summary>
    public void Address(ushort type, IPAddress value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, out int count);
        Bytes(type, bytes[..count]);
    }

    /// <summary>Opens a nest; hand the result to <see cref="EndNest"/>.</summary>
    public int Nest(ushort type)
    {
        int start = _length;
        Header((ushort)(type | NetlinkConstants.NLA_F_NESTED), 0);
        return start;
    }

    /// <summary>Closes a nest. A nest over 65,535 bytes cannot be expressed (nla_len has 16 bits): overflow.</summary>
    public void EndNest(int start) => PatchLength(start);

    /// <summary>Patches the 16-bit length that stands at <paramref name="start"/> to reach up to here (nests, struct rtnexthop).</summary>
    public void PatchLength(int start)
    {
        if (Overflowed)
            return;
        int length = _length - start;
        if (length > ushort.MaxValue)
            Overflowed = true;
        else
            MemoryMarshal.Write(_buffer[start..], (ushort)length);
    }

    /// <summary>Forgets what was written after <paramref name="length"/>, and the overflow with it: how a large set is cut at an attribute.</summary>
    public void Rewind(int length)
    {
        _length = length;
        Overflowed = false;
    }

    private void Value<T>(ushort type, T value)
        where T : unmanaged
    {
        Span<byte> room = Header(type, Unsafe.SizeOf<T>());
        if (!Overflowed)
            MemoryMarshal.Write(room, in value);
    }

    private Span<byte> Header(ushort type, int valueLength)
    {
        int length = 4 + valueLength;
        if (length > ushort.MaxValue)
            Overflowed = true;
        Span<byte> room = Reserve(length);
        if (room.IsEmpty)
            return room;
        MemoryMarshal.Write(room, (ushort)length);
        MemoryMarshal.Write(room[2..], in type);
        return room[4..length];
    }

    private Span<byte> Reserve(int length)
    {
        int aligned = NetlinkConstants.Align(length);
        if (Overflowed || aligned > _buffer.Length - _length)
        {
            Overflowed = true;
            return default;
        }

        Span<byte> room = _buffer.Slice(_length, aligned);
        room[length..].Clear();
        _length += aligned;
        return room;
    }
}
