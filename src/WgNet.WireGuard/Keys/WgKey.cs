namespace WgNet;

/// <summary>A key pair: the private key, hidden, and the public key that belongs to it.</summary>
public sealed class WgKey
{
    public WgKey(WgPrivateKey privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        PrivateKey = privateKey;
        PublicKey = privateKey.GetPublicKey();
    }

    /// <summary>The private key; its text is "(hidden)".</summary>
    public WgPrivateKey PrivateKey { get; }

    /// <summary>The public key: what peers are told.</summary>
    public WgPublicKey PublicKey { get; }

    /// <summary>A new random pair.</summary>
    public static WgKey Generate() => new(WgPrivateKey.Generate());

    /// <summary>The public key's text.</summary>
    public override string ToString() => PublicKey.ToString();
}
