using System.Management.Automation;
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

    protected override void ProcessRecord() => Attempt(() =>
    {
        var destinations = new NameFilter(Destination?.Select(Canonical));
        var links = new NameFilter(InterfaceName);
        byte[]? protocols = Protocol is null ? null : [.. Protocol.Select(RouteProtocols.Parse)];
        HashSet<string>? protocolNames = protocols?.Select(RouteProtocols.NameOf).ToHashSet(StringComparer.Ordinal);
        uint? onlyTable = Table is [var one] && !WildcardPattern.ContainsWildcardCharacters(one) ? RouteTables.Parse(one) : null;
        var tables = new NameFilter(Table?.Select(name => WildcardPattern.ContainsWildcardCharacters(name) ? name : RouteTables.NameOf(RouteTables.Parse(name))));
        var filter = new RouteFilter
        {
            Family = AddressFamily.Core(),
            Table = onlyTable,
            Protocol = protocols is [var protocol] ? protocol : null,
            Type = Type,
        };
        ForEachNamespace(ns =>
        {
            using RouteSession session = RouteSession.Open(ns);
            foreach (NetLinkRoute route in Routes.List(session, filter, StopToken))
            {
                if ((Table is null ? route.Table != RouteTables.NameOf(RouteTables.Local) : tables.Matches(route.Table))
                    && protocolNames?.Contains(route.Protocol) != false
                    && (links.IsEmpty || route.NextHops.Any(hop => links.Matches(hop.InterfaceName)))
                    && (destinations.Matches(route.Destination.ToString()) | (route.Destination.PrefixLength == 0 && destinations.Matches(Default))))
                {
                    WriteObject(route);
                }
            }
        });
        foreach (string name in Missing(destinations))
            WriteFault(new FaultException("RouteNotFound", FaultKind.NotFound, $"There is no route to exactly {name}{Searched}.", name));
    });

    // 2001:DB8:0::/32 as the routes are written.
    private static string Canonical(string text) => WildcardPattern.ContainsWildcardCharacters(text) || text == Default ? text : AddressSpec.Parse(text).ToString();
}
