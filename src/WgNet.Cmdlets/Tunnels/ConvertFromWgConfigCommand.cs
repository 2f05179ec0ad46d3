using System.Management.Automation;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>
/// Reads a WireGuard configuration, from lines or from a file, in the grammar of `wg setconf`. What wg-quick adds (addresses, MTU, table,
/// name servers, hooks) is shown as data; nothing is run. All errors of a text are told at once, by line numbers and without its values.
/// </summary>
/// <example>
/// <code>'[Peer]', 'PublicKey = Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=', 'AllowedIPs = ::/0' | ConvertFrom-WgConfig</code>
/// <para>Reads three lines.</para>
/// </example>
/// <example>
/// <code>(ConvertFrom-WgConfig -Path wg3.conf).Peers</code>
/// <para>Shows the peers of a file.</para>
/// </example>
[Cmdlet(VerbsData.ConvertFrom, "WgConfig", DefaultParameterSetName = "Text")]
[OutputType(typeof(WgConfig))]
public sealed class ConvertFromWgConfigCommand : WgNetCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary>The configuration's lines, or all of its text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Text")]
    [AllowEmptyString]
    [AllowNull]
    [AllowEmptyCollection]
    public string?[]? InputObject { get; set; }

    /// <summary>The files to read; wildcards allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Text")
        {
            _lines.AddRange((InputObject ?? []).Select(line => line ?? ""));
            return;
        }

        foreach (string path in Path)
        {
            Attempt(
                () =>
                {
                    foreach (string file in this.FilesOf(path))
                        Attempt(() => WriteObject(this.ReadConfig(file)), file);
                },
                path);
        }
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "Text")
            Attempt(() => WriteObject(ConfigParser.Parse(string.Join('\n', _lines), "The configuration")));
    }
}
