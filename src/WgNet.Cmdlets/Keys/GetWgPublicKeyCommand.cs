using System.Management.Automation;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>Computes the public key that belongs to a private key, as `wg pubkey` does.</summary>
/// <example>
/// <code>New-WgKey | Get-WgPublicKey</code>
/// <para>Shows the public key of a new pair.</para>
/// </example>
/// <example>
/// <code>Read-Host -AsSecureString 'Private key' | Get-WgPublicKey</code>
/// <para>Asks for a private key without showing it.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "WgPublicKey", DefaultParameterSetName = "Key")]
[OutputType(typeof(WgPublicKey))]
public sealed class GetWgPublicKeyCommand : WgNetCmdlet
{
    /// <summary>The private key: a key object, a SecureString or base64.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Key")]
    public WgPrivateKey PrivateKey { get; set; } = null!;

    /// <summary>A file that holds the private key, as `wg` reads it. One that others can read is refused.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    public string PrivateKeyPath { get; set; } = "";

    protected override void ProcessRecord() => Attempt(() =>
    {
        WgPrivateKey key = ParameterSetName == "Path" ? KeyFile.ReadPrivateKey(this.FileOf(PrivateKeyPath)) : PrivateKey;
        WriteObject(key.GetPublicKey());
    });
}
