using System.ComponentModel;
using System.Security.Cryptography;
using WgNet.Native;
using WgNet.WireGuard;

namespace WgNet;

/// <summary>A Curve25519 private key of a WireGuard device. Its text is "(hidden)".</summary>
/// <remarks>
/// The text that was given is kept as it is, so that a key file survives a round trip; what goes to a device is clamped (RFC 7748
/// section 5), and two keys are equal when they are so clamped: a device gives back the clamped form.
/// </remarks>
[TypeConverter(typeof(WgPrivateKeyConverter))]
public sealed class WgPrivateKey : WgSecret, IEquatable<WgPrivateKey>
{
    internal const string Noun = "private key";

    internal WgPrivateKey(ReadOnlySpan<byte> bytes)
        : base(bytes)
    {
    }

    private WgPrivateKey(FaultException fault)
        : base(fault)
    {
    }

    /// <summary>A new random key, clamped as `wg genkey` clamps.</summary>
    public static WgPrivateKey Generate()
    {
        Span<byte> bytes = stackalloc byte[KeyText.Size];
        RandomNumberGenerator.Fill(bytes);
        Clamp(bytes);
        var key = new WgPrivateKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>Reads base64. Fault "InvalidKey", which does not repeat the text.</summary>
    public static WgPrivateKey FromBase64(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[KeyText.Size];
        try
        {
            KeyText.Decode(text, bytes, Noun);
            return new WgPrivateKey(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The public key that belongs to it, as `wg pubkey` computes it.</summary>
    public WgPublicKey GetPublicKey() => new(Curve25519.PublicKey(Bytes));

    public bool Equals(WgPrivateKey? other)
    {
        if (other is null)
            return false;
        Span<byte> both = stackalloc byte[2 * KeyText.Size];
        CopyClamped(both[..KeyText.Size]);
        other.CopyClamped(both[KeyText.Size..]);
        bool equal = CryptographicOperations.FixedTimeEquals(both[..KeyText.Size], both[KeyText.Size..]);
        CryptographicOperations.ZeroMemory(both);
        return equal;
    }

    public override bool Equals(object? obj) => Equals(obj as WgPrivateKey);

    public override int GetHashCode()
    {
        Span<byte> bytes = stackalloc byte[KeyText.Size];
        CopyClamped(bytes);
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return hash.ToHashCode();
    }

    /// <summary>The key that means "none": sent to take a device's key away.</summary>
    internal static WgPrivateKey None() => new(stackalloc byte[KeyText.Size]);

    /// <summary>One that throws the fault when it is used.</summary>
    internal static WgPrivateKey Faulty(FaultException fault) => new(fault);

    /// <summary>
    /// Writes the 32 bytes that a device is to have. The kernel compares before it clamps: an unclamped key that it has already would
    /// expire every session. All zero stays so: it takes the key away.
    /// </summary>
    internal void CopyClamped(Span<byte> destination)
    {
        Bytes.CopyTo(destination);
        if (!IsZero)
            Clamp(destination);
    }

    private static void Clamp(Span<byte> bytes)
    {
        bytes[0] &= 248;
        bytes[31] = (byte)((bytes[31] & 127) | 64);
    }
}
