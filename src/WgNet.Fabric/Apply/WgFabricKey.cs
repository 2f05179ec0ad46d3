namespace WgNet;

/// <summary>A gateway's key as others may know it.</summary>
public sealed class WgFabricKey
{
    public required string Gateway { get; init; }

    /// <summary>What is to stand as PublicKey in the fabric file.</summary>
    public required WgPublicKey PublicKey { get; init; }

    /// <summary>The file of the private key, on the gateway.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the fabric has the public key already.</summary>
    public required bool IsInFabric { get; init; }

    public override string ToString() => PublicKey.ToString();
}
