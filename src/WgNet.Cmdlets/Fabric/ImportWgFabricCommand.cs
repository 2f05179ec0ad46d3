using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>
/// Reads a fabric, the one file that describes all sites, their gateways and prefixes and how they are joined, from psd1 or JSON. Nothing
/// in it is run. All that is wrong with it is told at once, by line and path (sites[1].gateways[0].endpoint).
/// </summary>
/// <remarks>
/// What the file leaves out is as in the article. Numbers that it does not give follow from names and AS numbers, never from the place in
/// the file: whoever comes or goes renumbers nobody else. samples/article.psd1 in the module's folder is a fabric to begin with, and
/// schema/wgnet-fabric.schema.json tells editors the keys of a JSON file.
/// </remarks>
/// <example>
/// <code>$fabric = Import-WgFabric ./paris.psd1</code>
/// <para>Reads and checks a fabric.</para>
/// </example>
/// <example>
/// <code>Import-WgFabric *.json | Get-WgFabricPlan -Gateway V1-1</code>
/// <para>Shows the tunnels of a gateway, of every fabric in the folder that has it.</para>
/// </example>
[Cmdlet(VerbsData.Import, "WgFabric", DefaultParameterSetName = "Path")]
[OutputType(typeof(WgFabric))]
public sealed class ImportWgFabricCommand : WgNetCmdlet
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

    protected override void ProcessRecord()
    {
        bool literal = ParameterSetName == "LiteralPath";
        foreach (string path in literal ? LiteralPath : Path)
            this.ReadFabrics(path, literal, WriteObject, fault => WriteFault(fault, path));
    }
}
