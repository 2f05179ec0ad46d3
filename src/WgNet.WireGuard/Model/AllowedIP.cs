using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using WgNet.WireGuard;

namespace WgNet;

/// <summary>
/// A prefix that a peer may send from and is sent to: an address with its host bits cleared, as the kernel keeps it, and a prefix length.
/// </summary>
public readonly struct AllowedIP : IEquatable<AllowedIP>
{
    // Eight groups of four digits with a colon behind each but the last, a slash and a length.
    private const int LongestPlain = 43;

    // Devices have them by the ten thousand: numbers, of which an object is made for whoever asks. An IPv4 address is the topmost 32 bits.
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly byte _length;
    private readonly bool _isV6;

    /// <param name="address">IPv4 or IPv6; its host bits are cleared, and a zone is left out, since it is no part of a prefix.</param>
    /// <param name="prefixLength">0 to 32, or to 128.</param>
    public AllowedIP(IPAddress address, int prefixLength)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int size);
        if (prefixLength < 0 || prefixLength > 8 * size)
            throw Invalid($"{address}/{prefixLength}", $"has a prefix length that is not from 0 to {8 * size}.");
        this = new AllowedIP(bytes[..size], prefixLength);
    }

    /// <param name="address">4 or 16 bytes in network order.</param>
    /// <param name="prefixLength">0 to 32, or to 128.</param>
    internal AllowedIP(ReadOnlySpan<byte> address, int prefixLength)
    {
        _length = (byte)prefixLength;
        _isV6 = address.Length > 4;
        _high = Kept(prefixLength) & (_isV6 ? BinaryPrimitives.ReadUInt64BigEndian(address) : (ulong)BinaryPrimitives.ReadUInt32BigEndian(address) << 32);
        _low = _isV6 ? Kept(prefixLength - 64) & BinaryPrimitives.ReadUInt64BigEndian(address[8..]) : 0;
    }

    /// <summary>The network's address.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            return new IPAddress(bytes[..WriteAddress(bytes)]);
        }
    }

    /// <summary>Bits of the prefix.</summary>
    public int PrefixLength => _length;

    /// <summary>All of IPv4 and all of IPv6: what a route-based tunnel lets through.</summary>
    public static AllowedIP[] Everything => [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)];

    /// <summary>Reads "address/length"; without a length, one address. Fault "InvalidAllowedIP".</summary>
    public static AllowedIP Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out AllowedIP value) is { } wrong ? throw Invalid(text, wrong) : value;
    }

    public override string ToString() => $"{Address}/{PrefixLength}";

    public bool Equals(AllowedIP other) => _high == other._high && _low == other._low && _length == other._length && _isV6 == other._isV6;

    public override bool Equals(object? obj) => obj is AllowedIP other && Equals(other);

    // Prefixes differ in few bits, most of them high: a product (2^64 divided by the golden ratio) brings these into play.
    public override int GetHashCode() => (int)(((_high ^ ulong.RotateLeft(_low, 32) ^ _length) * 0x9e3779b97f4a7c15) >> 32);

    public static bool operator ==(AllowedIP left, AllowedIP right) => left.Equals(right);

    public static bool operator !=(AllowedIP left, AllowedIP right) => !left.Equals(right);

    /// <summary>Writes the address in network order; its size, 4 or 16.</summary>
    internal int WriteAddress(Span<byte> destination)
    {
        if (!_isV6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)(_high >> 32));
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    /// <summary>Null on success, else the sentence that says what is wrong, to follow the value or its line.</summary>
    internal static string? TryParse(ReadOnlySpan<char> text, out AllowedIP value)
    {
        Span<byte> ascii = stackalloc byte[LongestPlain];
        if (text.Length <= LongestPlain && Ascii.FromUtf16(text, ascii, out int count) == OperationStatus.Done && TryParsePlain(ascii[..count], out value))
            return null;
        value = default;
        int slash = text.IndexOf('/');
        if (!AddressText.TryParse(slash < 0 ? text : text[..slash], out IPAddress address))
            return "is not an IPv4 or IPv6 address with an optional /length.";
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int size);
        uint most = 8 * (uint)size, length = most;
        if (slash >= 0 && !AddressText.TryNumber(text[(slash + 1)..], most, out length))
            return $"has a prefix length that is not a number from 0 to {most}.";
        value = new AllowedIP(bytes[..size], (int)length);
        return null;
    }

    /// <summary>The same for the plain forms of <see cref="PlainAddress"/>, which nearly all are; false leaves the text to <see cref="TryParse"/>.</summary>
    internal static bool TryParsePlain(ReadOnlySpan<byte> text, out AllowedIP value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value = default;
        int slash = text.IndexOf((byte)'/');
        int size = PlainAddress.Read(slash < 0 ? text : text[..slash], bytes);
        int length = slash < 0 ? 8 * size : PlainAddress.Number(text[(slash + 1)..], 8 * size);
        if (size == 0 || length < 0)
            return false;
        value = new AllowedIP(bytes[..size], length);
        return true;
    }

    // The first bits of 64, as many as a prefix keeps of them.
    private static ulong Kept(int bits) => bits <= 0 ? 0 : bits >= 64 ? ulong.MaxValue : ~(ulong.MaxValue >> bits);

    private static FaultException Invalid(string text, string wrong) =>
        new("InvalidAllowedIP", FaultKind.InvalidArgument, $"The allowed IP '{text}' {wrong}", text);
}
