using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Draws a fabric: its sites with their AS numbers and prefixes, their gateways, and the tunnels between them; with live tunnels given,
/// each by how it is doing. As SVG, or as Mermaid text that many Markdown viewers draw.
/// </summary>
/// <remarks>
/// Up to six sites show every tunnel from gateway to gateway; more, the tunnels of two sites side by side, and more than 200 tunnels as one
/// line for two sites, which tells the worst of them. Hubs stand in the middle. A live tunnel is known by its public keys, where the fabric has them, else by the
/// name of its namespace, as labs have it, and of its interface.
/// </remarks>
/// <example>
/// <code>Export-WgFabricDiagram ./paris.psd1 -Path ./paris.svg</code>
/// <para>Draws a fabric.</para>
/// </example>
/// <example>
/// <code>Export-WgFabricDiagram ./paris.psd1 -Path ./paris.mmd -State (Get-WgTunnel -AllNamespaces)</code>
/// <para>Draws it as Mermaid text, with the state of the tunnels of this machine.</para>
/// </example>
[Cmdlet(VerbsData.Export, "WgFabricDiagram", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportWgFabricDiagramCommand : FabricCmdlet
{
    /// <summary>The file to write: .svg, or .mmd for Mermaid.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Live tunnels or peers, from Get-WgTunnel or Get-WgPeer; of this machine's or of gateways'. Others than the fabric's are left out.</summary>
    [Parameter(Position = 2)]
    [AllowEmptyCollection]
    public object[] State { get; set; } = [];

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => WithFabric(fabric =>
    {
        string file = this.FileOf(Path);
        string text = System.IO.Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".SVG" => FabricDiagram.Svg(fabric, States(fabric)),
            ".MMD" or ".MERMAID" => FabricDiagram.Mermaid(fabric, States(fabric)),
            _ => throw new FaultException("DiagramFormatUnknown", FaultKind.InvalidArgument, $"'{file}' is called neither .svg nor .mmd, so its format is not known. Name it so.", file),
        };
        if (!ShouldProcess(file, $"Draw the fabric {fabric.Name}"))
            return;
        PublicFile.Write(file, text, Force);
        if (PassThru)
            WriteObject(new FileInfo(file));
    });

    private LinkStates States(WgFabric fabric)
    {
        var states = new LinkStates(fabric);
        foreach (object given in State)
        {
            switch (given is PSObject wrapped ? wrapped.BaseObject : given)
            {
                case WgTunnel tunnel:
                    states.Add(tunnel);
                    break;
                case WgPeer peer:
                    states.Add(peer);
                    break;
                case var other:
                    throw new FaultException("InvalidState", FaultKind.InvalidArgument, $"-State takes what Get-WgTunnel and Get-WgPeer emit, not {other?.GetType().Name ?? "nothing"}.", null);
            }
        }

        if (State.Length > 0 && !states.Any)
            WriteWarning($"None of the {State.Length} given is a tunnel of {fabric.Name}: no state is shown.");
        return states;
    }
}
