using System.Collections;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Completes the addresses that a link has.</summary>
public sealed class LinkAddressCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound)
    {
        using RouteSession session = RouteSession.Open(Bound(bound, "Namespace"));
        string? link = Bound(bound, "InterfaceName");
        return [.. Addresses.List(session).Where(one => link is null || one.InterfaceName == link).Select(one => one.ToString())];
    }
}
