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
