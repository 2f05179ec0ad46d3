using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that reads what a fabric means for the gateways chosen, of one fabric or of several.</summary>
public abstract class GatewayCmdlet : FabricCmdlet
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private NameFilter _filter = null!;
    private bool _shown;

    /// <summary>The names of gateways; wildcards allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GatewayNameCompleter))]
    public string[] Gateway { get; set; } = [];

    protected override void BeginProcessing() => _filter = new NameFilter(Gateway);

    protected override void EndProcessing()
    {
        if (_shown)
            WriteProgress(new ProgressRecord(1, "Planning", "Done") { RecordType = ProgressRecordType.Completed });
        foreach (string name in _filter.Unmatched)
        {
            WriteFault(new FaultException("FabricGatewayNotFound", FaultKind.NotFound,
                $"There is no gateway '{name}' in the fabric.{NearestName.Question(name, _known)}", name));
        }
    }

    /// <summary>The gateways of a fabric that are chosen, in the order of the file.</summary>
    private protected IEnumerable<WgFabricGateway> Chosen(WgFabric fabric)
    {
        foreach (WgFabricGateway gateway in fabric.Gateways)
        {
            StopToken.ThrowIfCancellationRequested();
            _known.Add(gateway.Name);
            if (!_filter.Matches(gateway.Name))
                continue;
            if (Stopwatch.GetElapsedTime(_start) >= s_quiet)
            {
                _shown = true;
                WriteProgress(new ProgressRecord(1, "Planning", gateway.Name));
            }

            yield return gateway;
        }
    }
}

/// <summary>Completes the names of the gateways of the fabric that was typed before.</summary>
public sealed class GatewayNameCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        object? given = bound["Fabric"] is PSObject wrapped ? wrapped.BaseObject : bound["Fabric"];
        WgFabric? fabric = given switch
        {
            WgFabric known => known,
            WgFabricSource { Fabric: { } known } => known,
            string path when FileOf(path) is { } file => FabricFiles.Read(file).Fabric,
            _ => null,
        };
        return fabric?.Gateways.Select(gateway => gateway.Name) ?? [];
    }

    // A relative path means the session's folder, not the process's.
    private static string? FileOf(string path)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript("param($path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($path)").AddArgument(path);
        return shell.Invoke<string>().FirstOrDefault(File.Exists);
    }
}
