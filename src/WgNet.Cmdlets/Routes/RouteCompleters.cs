using System.Collections;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Completes names of routing tables.</summary>
public sealed class RouteTableCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound) => RouteTables.Names;
}

/// <summary>Completes names of routing protocols.</summary>
public sealed class RouteProtocolCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound) => RouteProtocols.Names;
}

/// <summary>Completes the destinations of the routes in the namespace and table chosen so far.</summary>
public sealed class RouteDestinationCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound)
    {
        using RouteSession session = RouteSession.Open(Bound(bound, "Namespace"));
        var filter = new RouteFilter { Table = RouteTables.Parse(Bound(bound, "Table") ?? "main") };
        return [.. Routes.Stream(session, filter).Select(route => route.Destination.ToString()).Distinct(StringComparer.Ordinal)];
    }
}
