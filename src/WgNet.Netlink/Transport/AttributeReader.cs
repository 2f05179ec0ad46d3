using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace WgNet.Netlink;

/// <summary>
/// Walks the attributes of a message without copying. The error is sticky: a cut attribute ends the walk, a value of
/// the wrong size reads as zero, and <see cref="Failed"/> tells at the end. No input makes it throw or loop.
/// </summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public bool Failed { get; private set; }

    /// <summary>The attribute's type without the kernel's flag bits.</summary>
    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Steps to the next attribute; false at the end or at the first cut one.</summary>
    public bool Next()
    {
        if (_rest.Length < 4)
        {
            Failed |= _rest.Length != 0;
            return false;
        }

        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < 4 || length > _rest.Length)
        {
            Failed = true;
            return false;
        }

        Type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & NetlinkConstants.NLA_TYPE_MASK);
        Value = _rest[4..length];
        _rest = _rest[Math.Min(NetlinkConstants.Align(length), _rest.Length)..];
        return true;
    }

    /// <summary>The attributes inside this one.</summary>
    public readonly AttributeReader Nested => new(Value);

    public byte U8() => Read<byte>();

    public ushort U16() => Read<ushort>();

    public uint U32() => Read<uint>();

    public int S32() => Read<int>();

    public ulong U64() => Read<ulong>();

    public ushort U16BigEndian() => BinaryPrimitives.ReverseEndianness(Read<ushort>());

    /// <summary>The string up to its NUL, or all of it where the kernel sent none.</summary>
    public readonly string Text() => TextOf(Value);

    /// <summary>The text of a value: up to its NUL, or all of it.</summary>
    public static string TextOf(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? value : value[..end]);
    }

    /// <summary>An IPv4 or IPv6 address by its length.</summary>
    public IPAddress? Address()
    {
        if (Value.Length is 4 or 16)
            return new IPAddress(Value);
        Failed = true;
        return null;
    }

    /// <summary>The bytes of an IPv4 or IPv6 address.</summary>
    public ReadOnlySpan<byte> AddressBytes()
    {
        Failed |= Value.Length is not (4 or 16);
        return Value.Length is 4 or 16 ? Value : default;
    }

    public T Read<T>()
        where T : unmanaged
    {
        if (Value.Length == Unsafe.SizeOf<T>())
            return MemoryMarshal.Read<T>(Value);
        Failed = true;
        return default;
    }

    /// <summary>Marks a value that the caller could not read.</summary>
    public void Fail() => Failed = true;

    /// <summary>Takes over what a nested reader found wrong.</summary>
    public void Absorb(in AttributeReader nested) => Failed |= nested.Failed;
}
