using System.Management.Automation;
using System.Net;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Lists routes of the kernel, with all next hops of those that have several.</summary>
/// <example>
/// <code>Get-NetLinkRoute -Namespace private -Protocol bird</code>
/// <para>Lists the routes that BIRD installed in the namespace 'private'.</para>
/// </example>
/// <example>
/// <code>Get-NetLinkRoute default -AllNamespaces</code>
/// <para>Lists the default routes of every namespace.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "NetLinkRoute")]
[OutputType(typeof(NetLinkRoute))]
public sealed class GetNetLinkRouteCommand : NamespaceReadCmdlet
{
    // The word for the default routes of both families.
    private const string Default = "default";

    /// <summary>Only routes to exactly these prefixes: 10.0.0.0/8, 2001:db8::/32, default. Wildcards allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(RouteDestinationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Destination { get; set; }

    /// <summary>Only routes that these installed: bird, kernel, static, or a number.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    /// <summary>The tables, by name or number; wildcards allowed. Default: all but 'local', which holds this machine's own addresses.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Table { get; set; }

    /// <summary>Only routes of this type.</summary>
    [Parameter]
    public NetLinkRouteType? Type { get; set; }

    /// <summary>Only routes that go by one of these links; wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? InterfaceName { get; set; }

    /// <summary>Only routes of one family.</summary>
    [Parameter]
    public NetAddressFamily? AddressFamily { get; set; }

    protected override void BeginProcessing() => Reading.Begin(MyInvocation);

    protected override void ProcessRecord() => Attempt(() =>
    {
        Reading.End();
        var destinations = new NameFilter(Destination?.Select(Canonical));
        var links = new NameFilter(InterfaceName);
        var tables = new NameFilter(Table?.Select(name => HasWildcard(name) ? name : RouteTables.NameOf(RouteTables.Parse(name))));
        HashSet<byte>? protocols = Protocol?.Select(RouteProtocols.Parse).ToHashSet();
        var filter = new RouteFilter
        {
            Family = AddressFamily.Core(),
            Table = Table is [var table] && !HasWildcard(table) ? RouteTables.Parse(table) : null,
            ExceptTable = Table is null ? RouteTables.Local : null,
            Protocol = protocols?.Count == 1 ? protocols.First() : null,
            Protocols = protocols?.Count > 1 ? protocols : null,
            Type = Type,
            InterfaceName = InterfaceName is [var link] && !HasWildcard(link) ? link : null,
            Destinations = Exactly(),
        };
        ForEachNamespace(ns =>
        {
            using RouteSession session = RouteSession.Open(ns);
            foreach (NetLinkRoute route in Routes.Stream(session, filter, StopToken))
            {
                if ((filter.Table is not null || tables.Matches(route.Table))
                    && (links.IsEmpty || filter.InterfaceName is not null || route.NextHops.Any(hop => links.Matches(hop.InterfaceName)))
                    && (destinations.IsEmpty || destinations.Matches(route.Destination.ToString()) | (route.Destination.PrefixLength == 0 && destinations.Matches(Default))))
                {
                    WriteObject(route);
                }
            }
        });
        foreach (string name in Missing(destinations))
            WriteFault(new FaultException("RouteNotFound", FaultKind.NotFound, $"There is no route to exactly {name}{Searched}.", name));
    });

    protected override void Dispose(bool disposing)
    {
        Reading.End();
        base.Dispose(disposing);
    }

    // What is compared before a route is made into an object; null where a pattern decides.
    private HashSet<IPNetwork>? Exactly()
    {
        if (Destination is null || Array.Exists(Destination, HasWildcard))
            return null;
        HashSet<IPNetwork> wanted = [];
        foreach (string text in Destination)
        {
            if (text == Default)
                wanted.UnionWith([new IPNetwork(IPAddress.Any, 0), new IPNetwork(IPAddress.IPv6Any, 0)]);
            else if (AddressSpec.Parse(text) is { } spec && IPNetwork.TryParse(spec.ToString(), out IPNetwork network))
                wanted.Add(network);
        }

        return wanted;
    }

    // 2001:DB8:0::/32 as the routes are written.
    private static string Canonical(string text) => HasWildcard(text) || text == Default ? text : AddressSpec.Parse(text).ToString();

    private static bool HasWildcard(string text) => WildcardPattern.ContainsWildcardCharacters(text);
}
