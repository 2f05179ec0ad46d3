using NSec.Cryptography;

namespace WgNet.Native;

/// <summary>Curve25519 (RFC 7748), by libsodium.</summary>
internal static class Curve25519
{
    /// <summary>The public key that belongs to a private key of 32 bytes, clamped or not.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> privateKey)
    {
        using Key key = Key.Import(KeyAgreementAlgorithm.X25519, privateKey, KeyBlobFormat.RawPrivateKey);
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }
}
