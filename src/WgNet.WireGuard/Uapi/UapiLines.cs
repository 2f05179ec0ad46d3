using System.Buffers;
using System.Buffers.Text;

namespace WgNet.WireGuard.Uapi;

/// <summary>
/// Walks the whole "key=value" lines of a UAPI text up to the blank line that ends it. What is no such line ends the walk and sets
/// <see cref="Failed"/>; so does a value that does not read as what it should be. No input makes it throw.
/// </summary>
internal ref struct UapiLines(ReadOnlySpan<byte> text)
{
    private readonly int _length = text.Length;
    private ReadOnlySpan<byte> _rest = text;

    public bool Failed { get; private set; }

    /// <summary>Whether the blank line was met.</summary>
    public bool Ended { get; private set; }

    /// <summary>How many bytes the lines had until here.</summary>
    public readonly int Taken => _length - _rest.Length;

    public ReadOnlySpan<byte> Key { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool Next()
    {
        int end = _rest.IndexOf((byte)'\n');
        if (end < 0 || Failed)
            return false;

        ReadOnlySpan<byte> line = _rest[..end];
        _rest = _rest[(end + 1)..];
        if (line.IsEmpty)
        {
            Ended = true;
            Failed |= !_rest.IsEmpty;
            return false;
        }

        int sign = line.IndexOf((byte)'=');
        if (sign <= 0)
        {
            Failed = true;
            return false;
        }

        Key = line[..sign];
        Value = line[(sign + 1)..];
        return true;
    }

    // The length tells most keys apart before they are compared.
    public readonly bool Is(ReadOnlySpan<byte> key) => Key.Length == key.Length && Key.SequenceEqual(key);

    public ulong Number(ulong most)
    {
        ulong value = 0;
        bool plain = Value.Length > 0;
        foreach (byte one in Value)
        {
            uint digit = (uint)(one - '0');
            ulong longer = (10 * value) + digit;

            // Ten times more than this does not fit; ten times just this may not with the digit, and then comes out smaller than it.
            plain &= digit <= 9 && value <= ulong.MaxValue / 10 && longer >= digit;
            value = longer;
        }

        if (plain && value <= most)
            return value;
        Failed = true;
        return 0;
    }

    /// <summary>An errno, which wireguard-go sends negative and the protocol's text promises positive; the result is positive.</summary>
    public int Errno()
    {
        if (Utf8Parser.TryParse(Value, out int number, out int used) && used == Value.Length && number != int.MinValue)
            return Math.Abs(number);
        Failed = true;
        return 0;
    }

    /// <summary>A key of 32 bytes in hexadecimal; false marks the failure.</summary>
    public bool Hex(scoped Span<byte> key)
    {
        bool good = Value.Length == 2 * key.Length
            && Convert.FromHexString(Value, key, out int _, out int written) == OperationStatus.Done && written == key.Length;
        Failed |= !good;
        return good;
    }

    /// <summary>Marks a value that the caller could not read.</summary>
    public void Fail() => Failed = true;
}
