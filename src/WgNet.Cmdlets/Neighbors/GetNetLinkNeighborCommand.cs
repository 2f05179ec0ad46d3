using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Lists the machines that are known on links, as ARP and neighbour discovery found them.</summary>
/// <example>
/// <code>Get-NetLinkNeighbor -Namespace R1 | Where-Object State -eq Reachable</code>
/// <para>Lists the neighbours that answer.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "NetLinkNeighbor")]
[OutputType(typeof(NetLinkNeighbor))]
public sealed class GetNetLinkNeighborCommand : NamespaceReadCmdlet
{
    /// <summary>Names of links; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? InterfaceName { get; set; }

    /// <summary>A link.</summary>
    [Parameter(ValueFromPipeline = true)]
    [FromRemote]
    public NetLink? Link { get; set; }

    /// <summary>Only neighbours of one family.</summary>
    [Parameter]
    public NetAddressFamily? AddressFamily { get; set; }

    /// <summary>Only neighbours in one of these states. Default: all but NoArp, which are the kernel's own entries for multicast and the like.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public NetLinkNeighborState[]? State { get; set; }

    protected override void ProcessRecord()
    {
        var links = new NameFilter(Link is null ? InterfaceName : [WildcardPattern.Escape(Link.Name)]);
        ForEachNamespace(ns =>
        {
            using RouteSession session = RouteSession.Open(ns);
            if (!links.IsEmpty)
            {
                // A link without neighbours is there all the same.
                foreach (NetLink link in Links.List(session, StopToken))
                    links.Matches(link.Name);
            }

            foreach (NetLinkNeighbor neighbor in Neighbors.List(session, AddressFamily.Core(), StopToken))
            {
                if (links.Matches(neighbor.InterfaceName) && IsWanted(neighbor.State))
                    WriteObject(neighbor);
            }
        });
        foreach (string name in Missing(links))
            WriteFault(new FaultException("LinkNotFound", FaultKind.NotFound, $"There is no link '{name}'{Searched}. Get-NetLink lists what there is.", name));
    }

    private bool IsWanted(NetLinkNeighborState state) => State is null
        ? !state.HasFlag(NetLinkNeighborState.NoArp)
        : State.Any(wanted => (state & wanted) != 0);
}
