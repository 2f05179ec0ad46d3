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
                    if (Match(() => NetNamespaces.Describe(own, name), given: Name?.Contains(name, StringComparer.Ordinal) == true) is { } found)
                        WriteObject(found);
                },
                name);
        }

        foreach (string name in names.Unmatched)
            WriteFault(new FaultException("NamespaceNotFound", FaultKind.NotFound, $"There is no network namespace '{name}'. New-NetNamespace makes one.", name));
    });
}
