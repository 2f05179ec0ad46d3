using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>Takes a lab down: its daemons, its namespaces and its folder with the gateways' keys. Nothing else, also where its start was never finished.</summary>
/// <example>
/// <code>Stop-WgFabricLab article</code>
/// <para>Takes one lab down.</para>
/// </example>
/// <example>
/// <code>Get-WgFabricLab | Stop-WgFabricLab</code>
/// <para>Takes all labs down.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "WgFabricLab", SupportsShouldProcess = true)]
public sealed class StopWgFabricLabCommand : WgNetCmdlet
{
    /// <summary>Names of labs; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LabNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        var filter = new NameFilter(Name);
        Attempt(() =>
        {
            foreach (string name in LabRecord.Names().Where(filter.Matches))
                Attempt(() => Stop(name), name);
            foreach (string name in filter.Unmatched)
                Attempt(() => Labs.Find(name), name);
        });
    }

    private void Stop(string name)
    {
        if (!ShouldProcess(name, "Stop the lab"))
            return;
        using IDisposable held = LabLock.Take(name, StopToken);
        if (LabRecord.Read(name) is { } record)
            LabStop.All(record);
    }
}
