using System.Management.Automation;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that reads tunnels by name in the namespaces chosen.</summary>
public abstract class TunnelReadCmdlet : NamespaceReadCmdlet
{
    /// <summary>
    /// Reads the tunnels whose names match, one at a time. A literal name that is nowhere is an error that says why; a wildcard without a
    /// match is empty.
    /// </summary>
    protected void ForEachTunnel(string[] names, Action<WgTunnel> work)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(work);
        WildcardPattern[] patterns = [.. names.Where(WildcardPattern.ContainsWildcardCharacters).Select(name => new WildcardPattern(name))];
        var missing = new HashSet<string>(names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)), StringComparer.Ordinal);
        string[] literal = [.. missing];
        var searched = new List<string>();
        ForEachNamespace(ns =>
        {
            searched.Add(ns.Name);
            bool Wanted(string name) => literal.Contains(name, StringComparer.Ordinal) || Array.Exists(patterns, pattern => pattern.IsMatch(name));
            foreach (WgTunnel tunnel in WgTunnels.List(ns, Wanted, fault => WriteFault(fault, ns.Name), StopToken))
            {
                missing.Remove(tunnel.Name);
                work(tunnel);
            }
        });
        foreach (string name in missing)
            TellMissing(name, searched);
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
