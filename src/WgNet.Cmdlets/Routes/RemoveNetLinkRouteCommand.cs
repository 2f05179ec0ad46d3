using System.Management.Automation;
using System.Net;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Removes routes, with all their next hops.</summary>
/// <example>
/// <code>Remove-NetLinkRoute 10.0.3.0/24 -Namespace R1</code>
/// <para>Removes the route to a prefix.</para>
/// </example>
/// <example>
/// <code>Get-NetLinkRoute -Protocol bird | Remove-NetLinkRoute</code>
/// <para>Removes what a routing daemon left.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "NetLinkRoute", SupportsShouldProcess = true, DefaultParameterSetName = "Destination")]
[OutputType(typeof(void))]
public sealed class RemoveNetLinkRouteCommand : RouteChangeCmdlet
{
    /// <summary>Where it leads: 10.0.0.0/8, 2001:db8::/32, an address alone, 0.0.0.0/0 or ::/0.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Destination")]
    [ArgumentCompleter(typeof(RouteDestinationCompleter))]
    public string[] Destination { get; set; } = [];

    /// <summary>A route from Get-NetLinkRoute.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Route")]
    [FromRemote]
    public NetLinkRoute? InputObject { get; set; }

    /// <summary>The table, by name or number.</summary>
    [Parameter(ParameterSetName = "Destination")]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public string Table { get; set; } = "main";

    /// <summary>The metric: needed only where several routes lead there.</summary>
    [Parameter(ParameterSetName = "Destination")]
    public uint? Metric { get; set; }

    /// <summary>Who installed it: needed only where several routes lead there.</summary>
    [Parameter(ParameterSetName = "Destination")]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public string? Protocol { get; set; }

    /// <summary>The link that it goes by: needed only where several routes lead there.</summary>
    [Parameter(ParameterSetName = "Destination")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string? InterfaceName { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Change(InputObject.Destination, batch =>
            {
                if (IsWanted("Remove", "route", InputObject))
                    batch.Remove(InputObject);
            });
            return;
        }

        foreach (string destination in Destination)
            InSession(destination, session => Remove(session, Only(session, destination)));
    }

    private void Remove(RouteSession session, NetLinkRoute route)
    {
        if (IsWanted("Remove", "route", route))
            Routes.Remove(session, route);
    }

    private NetLinkRoute Only(RouteSession session, string destination)
    {
        IPNetwork wanted = RouteSpec.ParseDestination(destination, System.Net.Sockets.AddressFamily.Unspecified);
        var filter = new RouteFilter
        {
            Family = wanted.BaseAddress.AddressFamily,
            Table = RouteTables.Parse(Table),
            Protocol = Protocol is null ? null : RouteProtocols.Parse(Protocol),
        };
        NetLinkRoute[] found = [.. Routes.List(session, filter, StopToken).Where(route => route.Destination.Equals(wanted)
            && (Metric is null || route.Metric == Metric)
            && (InterfaceName is null || route.NextHops.Any(hop => hop.InterfaceName == InterfaceName)))];
        return found switch
        {
            [var one] => one,
            [] => throw new FaultException("RouteNotFound", FaultKind.NotFound,
                $"There is no such route to {wanted} in the table '{Table}'{InNamespace}. Get-NetLinkRoute lists what there is.", destination),
            _ => throw new FaultException("RouteAmbiguous", FaultKind.InvalidArgument,
                $"{found.Length} routes lead to {wanted} in the table '{Table}'{InNamespace}: choose with -Metric, -Protocol or -InterfaceName, or pipe from Get-NetLinkRoute.", destination),
        };
    }
}
