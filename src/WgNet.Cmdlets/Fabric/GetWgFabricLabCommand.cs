using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>Shows the labs of this machine: their namespaces, gateways and routers with their control sockets, and whether all of it is there.</summary>
/// <example>
/// <code>Get-WgFabricLab</code>
/// <para>Lists all labs.</para>
/// </example>
/// <example>
/// <code>Get-BirdProtocol IBGP* -ControlSocket (Get-WgFabricLab article).Gateways.ControlSocket</code>
/// <para>Asks the BIRDs of all gateways of a lab.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "WgFabricLab")]
[OutputType(typeof(WgFabricLab))]
public sealed class GetWgFabricLabCommand : WgNetCmdlet
{
    /// <summary>Names of labs; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LabNameCompleter))]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    protected override void ProcessRecord()
    {
        var filter = new NameFilter(Name);
        Attempt(() =>
        {
            foreach (string name in LabRecord.Names().Where(filter.Matches))
                Attempt(() => Show(name), name);
            foreach (string name in filter.Unmatched)
                Attempt(() => Labs.Find(name), name);
        });
    }

    // One that was stopped just now is no lab any more.
    private void Show(string name)
    {
        if (LabRecord.Read(name) is { } record)
            WriteObject(Labs.Describe(record));
    }
}
