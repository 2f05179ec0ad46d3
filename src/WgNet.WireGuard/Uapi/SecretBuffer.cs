using System.Buffers;
using System.Security.Cryptography;

namespace WgNet.WireGuard.Uapi;

/// <summary>A growing run of bytes that may hold keys: whatever memory it lets go of is zeroed first.</summary>
/// <param name="size">Room for so many bytes at first.</param>
internal sealed class SecretBuffer(int size = 4096) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(size);

    // How far it was ever written.
    private int _touched;

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

    public void Advance(int count)
    {
        Length += count;
        _touched = Math.Max(_touched, Length);
    }

    /// <summary>Forgets so many bytes at the beginning.</summary>
    public void Drop(int count)
    {
        Written[count..].CopyTo(_bytes);
        Length -= count;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Advance(bytes.Length);
    }

    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Room(2 * bytes.Length), out int count);
        Advance(count);
    }

    /// <summary>A number or an address as text; none is longer than 64 bytes.</summary>
    public void Append<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(64), out int count, default, System.Globalization.CultureInfo.InvariantCulture);
        Advance(count);
    }

    public void Dispose()
    {
        Release();
        _bytes = [];
        Length = 0;
        _touched = 0;
    }

    private void Release()
    {
        CryptographicOperations.ZeroMemory(_bytes.AsSpan(0, _touched));
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}
