using System.Buffers;
using System.Security.Cryptography;

namespace WgNet.WireGuard.Uapi;

/// <summary>A growing run of bytes that may hold keys: whatever memory it lets go of is zeroed first.</summary>
internal sealed class SecretBuffer : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Room for at least this many bytes; what was put there is taken over by <see cref="Advance"/>.</summary>
    public Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, Length + count));
            Written.CopyTo(larger);
            Release();
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Clear()
    {
        CryptographicOperations.ZeroMemory(_bytes.AsSpan(0, Length));
        Length = 0;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Room(2 * bytes.Length), out int count);
        Length += count;
    }

    /// <summary>A number or an address as text; none is longer than 64 bytes.</summary>
    public void Append<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(64), out int count, default, System.Globalization.CultureInfo.InvariantCulture);
        Length += count;
    }

    public void Dispose()
    {
        Release();
        _bytes = [];
        Length = 0;
    }

    private void Release()
    {
        CryptographicOperations.ZeroMemory(_bytes.AsSpan(0, Math.Min(Length, _bytes.Length)));
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}
