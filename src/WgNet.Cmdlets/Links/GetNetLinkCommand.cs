using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Lists network links: their kind, state, MTU, addresses of hardware and counters.</summary>
/// <example>
/// <code>Get-NetLink</code>
/// <para>Lists the links of the caller's own network namespace.</para>
/// </example>
/// <example>
/// <code>Get-NetLink wg* -AllNamespaces | Where-Object State -eq Up</code>
/// <para>Finds every tunnel that is up, wherever it was moved to.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "NetLink")]
[OutputType(typeof(NetLink))]
public sealed class GetNetLinkCommand : NamespaceReadCmdlet
{
    /// <summary>Names of links; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only links of these kinds, for example veth or wireguard; wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkKindCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    protected override void ProcessRecord()
    {
        var names = new NameFilter(Name);
        var kinds = new NameFilter(Kind);
        ForEachNamespace(ns =>
        {
            using RouteSession session = RouteSession.Open(ns);
            foreach (NetLink link in Links.List(session, StopToken))
            {
                if (names.Matches(link.Name) && kinds.Matches(link.Kind))
                    WriteObject(link);
            }
        });
        foreach (string name in Missing(names))
            WriteFault(new FaultException("LinkNotFound", FaultKind.NotFound, $"There is no link '{name}'{Searched}. Get-NetLink without a name lists what there is.", name));
    }
}
