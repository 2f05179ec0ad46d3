using System.Diagnostics;
using System.Management.Automation;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that reads tunnels by name in the namespaces chosen.</summary>
public abstract class TunnelReadCmdlet : NamespaceReadCmdlet
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);
    private readonly long _start = Stopwatch.GetTimestamp();
    private bool _named;
    private bool _shown;

    /// <summary>A namespace from Get-NetNamespace: all tunnels in it are meant, not one that is called as it is.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [FromRemote]
    public NetNamespace? InputObject { get; set; }

    protected override void BeginProcessing() =>
        _named = MyInvocation.BoundParameters.ContainsKey("Name") || MyInvocation.BoundParameters.ContainsKey("Tunnel");

    protected override void EndProcessing()
    {
        if (_shown)
            WriteProgress(new ProgressRecord(1, "Reading tunnels", "Done") { RecordType = ProgressRecordType.Completed });
    }

    /// <summary>
    /// Reads the tunnels whose names match, one at a time. A literal name that is nowhere is an error that says why; a wildcard without a
    /// match is empty.
    /// </summary>
    protected void ForEachTunnel(string[] names, Action<WgTunnel> work)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(work);
        if (InputObject is not null && !_named)
            names = ["*"];
        WildcardPattern[] patterns = [.. names.Where(WildcardPattern.ContainsWildcardCharacters).Select(name => new WildcardPattern(name))];
        var missing = new HashSet<string>(names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)), StringComparer.Ordinal);
        string[] literal = [.. missing];
        var searched = new List<string>();
        ForEachNamespace(ns =>
        {
            searched.Add(ns.Name);
            bool Wanted(string name)
            {
                if (!literal.Contains(name, StringComparer.Ordinal) && !Array.Exists(patterns, pattern => pattern.IsMatch(name)))
                    return false;
                ShowProgress(ns.Name, name);
                return true;
            }

            void Failed(FaultException fault)
            {
                WriteFault(fault, ns.Name);
                if (fault.Target is string told)
                    missing.Remove(told);
            }

            foreach (WgTunnel tunnel in WgTunnels.List(ns, Wanted, Failed, StopToken))
            {
                missing.Remove(tunnel.Name);
                work(tunnel);
            }
        });
        foreach (string name in missing)
            TellMissing(name, searched);
    }

    // Many tunnels that do not work, or whose daemons stand still, take their time each.
    private void ShowProgress(string ns, string name)
    {
        if (Stopwatch.GetElapsedTime(_start) < s_quiet)
            return;
        _shown = true;
        WriteProgress(new ProgressRecord(1, "Reading tunnels", ns.Length == 0 ? name : $"{name} in namespace '{ns}'"));
    }

    private void TellMissing(string name, List<string> searched)
    {
        // Opening it tells best why it is not among the tunnels: no such link, another kind, a daemon out of reach.
        if (searched.Count == 1)
        {
            Attempt(() => WgTunnels.Open(searched[0], name).Dispose(), name);
        }
        else if (searched.Count > 1)
        {
            WriteFault(new FaultException("TunnelNotFound", FaultKind.NotFound,
                $"There is no tunnel '{name}' in any of the {searched.Count} namespaces searched.", name));
        }
    }
}
