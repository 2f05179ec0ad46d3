using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Lists the named network namespaces of this machine: those that `ip netns` lists.</summary>
/// <example>
/// <code>Get-NetNamespace V1-*</code>
/// <para>Lists the namespaces of a site's gateways.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "NetNamespace")]
[OutputType(typeof(NetNamespace))]
public sealed class GetNetNamespaceCommand : WgNetCmdlet
{
    /// <summary>Names; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    protected override void ProcessRecord() => Attempt(() =>
    {
        var names = new NameFilter(Name);
        using RouteSession own = RouteSession.Open("");
        foreach (string name in NetNamespaces.Names().Where(names.Matches))
        {
            Attempt(
                () =>
                {
                    if (Describe(own, name) is { } found)
                        WriteObject(found);
                },
                name);
        }

        foreach (string name in names.Unmatched)
            WriteFault(new FaultException("NamespaceNotFound", FaultKind.NotFound, $"There is no network namespace '{name}'. New-NetNamespace makes one.", name));
    });

    // One that nobody gave by name and that is going away, or still being made, is no match.
    private NetNamespace? Describe(RouteSession own, string name)
    {
        try
        {
            return NetNamespaces.Describe(own, name);
        }
        catch (FaultException fault) when (fault.Id == "NamespaceNotFound" && Name?.Contains(name, StringComparer.Ordinal) != true)
        {
            WriteVerbose(fault.Message);
            return null;
        }
    }
}
