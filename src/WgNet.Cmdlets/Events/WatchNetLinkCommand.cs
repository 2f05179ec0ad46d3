using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>What Watch-NetLink can tell of.</summary>
public enum NetLinkEventSubject
{
    Link,
    Address,
    Route,
}

/// <summary>
/// Emits changes of links, addresses and routes as they happen, until it is stopped. When the kernel had to drop some because they came too
/// fast, an event of kind EventsLost says so.
/// </summary>
/// <example>
/// <code>Watch-NetLink -Namespace private -Subject Route</code>
/// <para>Shows how routes come and go while a tunnel fails over; Ctrl+C ends it.</para>
/// </example>
/// <example>
/// <code>Watch-NetLink wg5 -Namespace private | Select-Object -First 1</code>
/// <para>Waits for the next thing that happens to a tunnel.</para>
/// </example>
[Cmdlet(VerbsCommon.Watch, "NetLink")]
[OutputType(typeof(NetLinkEvent))]
public sealed class WatchNetLinkCommand : NamespaceCmdlet
{
    /// <summary>Only events about these links; wildcards allowed.</summary>
    [Parameter(Position = 0)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? InterfaceName { get; set; }

    /// <summary>Only events about links, addresses or routes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public NetLinkEventSubject[]? Subject { get; set; }

    protected override void ProcessRecord() => Attempt(
        () =>
        {
            var links = new NameFilter(InterfaceName);
            using NetNamespaceHandle ns = NetNamespaceHandle.Open(Namespace);
            using NetlinkEvents events = NetlinkEvents.Open(ns, Groups());
            foreach (NetLinkEvent one in events.Read(StopToken))
            {
                if (one.Kind == NetLinkEventKind.EventsLost || links.IsEmpty || About(one).Any(links.Matches))
                    WriteObject(one);
            }
        },
        Namespace);

    // A route may go by several links.
    private static IEnumerable<string?> About(NetLinkEvent one) =>
        one.Item is NetLinkRoute route ? route.NextHops.Select(hop => hop.InterfaceName) : [one.InterfaceName];

    private EventGroups Groups() => Subject is null
        ? EventGroups.All
        : Subject.Aggregate(default(EventGroups), (groups, subject) => groups | subject switch
        {
            NetLinkEventSubject.Link => EventGroups.Links,
            NetLinkEventSubject.Address => EventGroups.Addresses,
            _ => EventGroups.Routes,
        });
}
