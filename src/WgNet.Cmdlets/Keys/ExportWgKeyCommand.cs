using System.Management.Automation;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>
/// Writes a secret key to a file as `wg` reads it: base64 and a line end. The file gets mode 0600 and appears whole or not at all.
/// </summary>
/// <example>
/// <code>New-WgKey | Export-WgKey -Path ./wg3.key</code>
/// <para>Makes a key pair and keeps its private key in a file.</para>
/// </example>
[Cmdlet(VerbsData.Export, "WgKey", SupportsShouldProcess = true, DefaultParameterSetName = "Private")]
[OutputType(typeof(WgKey), typeof(WgPresharedKey))]
public sealed class ExportWgKeyCommand : WgNetCmdlet
{
    /// <summary>The private key: a key pair, a private key object, a SecureString or base64. Of a pair, the private key is written.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Private")]
    public WgPrivateKey PrivateKey { get; set; } = null!;

    /// <summary>A preshared key to write: a key object, a SecureString or base64.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Preshared")]
    public WgPresharedKey PresharedKey { get; set; } = null!;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the key that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => Attempt(
        () =>
        {
            WgSecret secret = ParameterSetName == "Private" ? PrivateKey : PresharedKey;
            secret.EnsureValid();
            string file = this.FileOf(Path);
            if (!ShouldProcess(file, "Write a secret key"))
                return;
            KeyFile.Write(file, secret, Force);
            if (PassThru)
                WriteObject(secret is WgPrivateKey key ? new WgKey(key) : secret);
        },
        Path);
}
