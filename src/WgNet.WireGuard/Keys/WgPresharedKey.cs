using System.ComponentModel;
using System.Security.Cryptography;
using WgNet.WireGuard;

namespace WgNet;

/// <summary>A symmetric key that two peers share beside their key pairs. Its text is "(hidden)". All zero means none.</summary>
[TypeConverter(typeof(WgPresharedKeyConverter))]
public sealed class WgPresharedKey : WgSecret, IEquatable<WgPresharedKey>
{
    internal const string Noun = "preshared key";

    internal WgPresharedKey(ReadOnlySpan<byte> bytes)
        : base(bytes)
    {
    }

    private WgPresharedKey(FaultException fault)
        : base(fault)
    {
    }

    /// <summary>A new random key, as `wg genpsk` makes.</summary>
    public static WgPresharedKey Generate()
    {
        Span<byte> bytes = stackalloc byte[KeyText.Size];
        RandomNumberGenerator.Fill(bytes);
        var key = new WgPresharedKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>Reads base64. Fault "InvalidKey", which does not repeat the text.</summary>
    public static WgPresharedKey FromBase64(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[KeyText.Size];
        try
        {
            KeyText.Decode(text, bytes, Noun);
            return new WgPresharedKey(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public bool Equals(WgPresharedKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    public override bool Equals(object? obj) => Equals(obj as WgPresharedKey);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The key that means "none": sent to take a peer's preshared key away.</summary>
    internal static WgPresharedKey None() => new(stackalloc byte[KeyText.Size]);

    /// <summary>One that throws the fault when it is used.</summary>
    internal static WgPresharedKey Faulty(FaultException fault) => new(fault);
}
