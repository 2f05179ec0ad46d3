using System.ComponentModel;
using System.Runtime.CompilerServices;
using WgNet.WireGuard;

namespace WgNet;

/// <summary>A Curve25519 public key: the name of a peer. Its text is base64.</summary>
[TypeConverter(typeof(WgPublicKeyConverter))]
public sealed class WgPublicKey : IEquatable<WgPublicKey>
{
    // Within the object: devices have these by the ten thousand.
    private readonly KeyBytes _bytes;

    internal WgPublicKey(ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes);

    /// <summary>The key as base64.</summary>
    public string Text => KeyText.Encode(Bytes);

    /// <summary>Reads base64. Fault "InvalidKey", which does not repeat the text.</summary>
    public static WgPublicKey Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[KeyText.Size];
        KeyText.Decode(text, bytes, "public key");
        return new WgPublicKey(bytes);
    }

    /// <summary>Reads base64; false where it is not that of a key.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out WgPublicKey? key)
    {
        Span<byte> bytes = stackalloc byte[KeyText.Size];
        key = KeyText.TryDecode(text, bytes) is null ? new WgPublicKey(bytes) : null;
        return key is not null;
    }

    public override string ToString() => Text;

    public bool Equals(WgPublicKey? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => Equals(obj as WgPublicKey);

    public override int GetHashCode() => BitConverter.ToInt32(Bytes);

    /// <summary>The key's 32 bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes;

    [InlineArray(KeyText.Size)]
    private struct KeyBytes
    {
        private byte _first;
    }
}
