using System.Management.Automation;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>
/// Reads a key from a file as `wg` reads it: 44 characters of base64, then nothing but white space. A file that others can read or change
/// is refused.
/// </summary>
/// <example>
/// <code>New-WgKey | Export-WgKey ./wg3.key -Force; Import-WgKey ./wg3.key</code>
/// <para>Shows the key pair of a file; the private key stays hidden.</para>
/// </example>
[Cmdlet(VerbsData.Import, "WgKey", DefaultParameterSetName = "Path")]
[OutputType(typeof(WgKey), typeof(WgPresharedKey))]
public sealed class ImportWgKeyCommand : WgNetCmdlet
{
    /// <summary>The files to read; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files to read, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The files hold preshared keys.</summary>
    [Parameter]
    public SwitchParameter PresharedKey { get; set; }

    protected override void ProcessRecord()
    {
        bool literal = ParameterSetName == "LiteralPath";
        foreach (string path in literal ? LiteralPath : Path)
        {
            Attempt(
                () =>
                {
                    foreach (string file in literal ? [this.FileOf(path)] : this.FilesOf(path))
                        Attempt(() => WriteObject(PresharedKey ? KeyFile.ReadPresharedKey(file) : new WgKey(KeyFile.ReadPrivateKey(file))), file);
                },
                path);
        }
    }
}
