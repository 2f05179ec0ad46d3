using System.Collections;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Completes names of links in the namespace given beside it.</summary>
public class LinkNameCompleter : MachineCompleter
{
    /// <summary>The parameter that says where the links are.</summary>
    protected virtual string NamespaceParameter => "Namespace";

    protected override IEnumerable<string> Candidates(IDictionary bound)
    {
        using RouteSession session = RouteSession.Open(Bound(bound, NamespaceParameter));
        return [.. Links.List(session).Select(link => link.Name)];
    }
}

/// <summary>Completes names of links where -Namespace says where they go, and -SourceNamespace where they are.</summary>
public sealed class MovedLinkNameCompleter : LinkNameCompleter
{
    protected override string NamespaceParameter => "SourceNamespace";
}

/// <summary>Completes kinds of links. It asks nobody: the kernel would load modules at the press of a key.</summary>
public sealed class LinkKindCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound) => ["bridge", "dummy", "ifb", "veth", "vrf", "wireguard"];
}
