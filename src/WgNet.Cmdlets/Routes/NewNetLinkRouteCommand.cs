using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Makes a route. IPv4 may go by an IPv6 gateway, and traffic may be shared between several ways.</summary>
/// <example>
/// <code>New-NetLinkRoute 10.0.3.0/24 -Gateway 192.168.1.1 -Namespace R1</code>
/// <para>Makes a route by a gateway.</para>
/// </example>
/// <example>
/// <code>New-NetLinkRoute 2001:db8:a3::/64 -NextHops @{ Gateway = '2001:db8:ff::5'; InterfaceName = 'wg5' }, @{ Gateway = '2001:db8:ff::7'; InterfaceName = 'wg6' }</code>
/// <para>Shares the traffic between two tunnels.</para>
/// </example>
/// <example>
/// <code>New-NetLinkRoute 2001:db8::/32 -Type Unreachable -Metric 4096</code>
/// <para>Refuses what no better route leads to.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "NetLinkRoute", SupportsShouldProcess = true, DefaultParameterSetName = "One")]
[OutputType(typeof(NetLinkRoute))]
public sealed class NewNetLinkRouteCommand : RouteChangeCmdlet
{
    // Whether these were given: for a route from the pipeline they say what is to differ.
    private bool _table, _protocol, _type;

    /// <summary>A route from Get-NetLinkRoute, to be made here as it is there; -Metric, -Table, -Protocol and the like say what is to differ.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Route")]
    [FromRemote]
    public NetLinkRoute? InputObject { get; set; }

    /// <summary>Where it leads: 10.0.0.0/8, 2001:db8::/32, an address alone, or default.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "One", ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Several", ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = "";

    /// <summary>The neighbour to hand packets to.</summary>
    [Parameter(Position = 1, ParameterSetName = "One")]
    public IPAddress? Gateway { get; set; }

    /// <summary>The link to send by. Needed where there is no gateway, or a link-local one.</summary>
    [Parameter(ParameterSetName = "One")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? InterfaceName { get; set; }

    /// <summary>Takes the gateway as reachable on the link, whatever the addresses there say.</summary>
    [Parameter(ParameterSetName = "One")]
    public SwitchParameter OnLink { get; set; }

    /// <summary>Several ways that share the traffic: tables with Gateway, InterfaceName and Weight, or the NextHops of another route.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Several", ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public NetLinkNextHop[] NextHops { get; set; } = [];

    /// <summary>The kernel takes the route of the smallest metric. Default: 0 for IPv4, 1024 for IPv6.</summary>
    [Parameter(ParameterSetName = "One", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Several", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Route")]
    public uint? Metric { get; set; }

    /// <summary>The table, by name or number.</summary>
    [Parameter(ParameterSetName = "One", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Several", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Route")]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public string Table { get; set; } = "main";

    /// <summary>Who is to be noted as having installed it.</summary>
    [Parameter(ParameterSetName = "One", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Several", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Route")]
    [ArgumentCompleter(typeof(RouteProtocolCompleter))]
    public string Protocol { get; set; } = "static";

    /// <summary>What it does with packets.</summary>
    [Parameter(ParameterSetName = "One", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Several", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Route")]
    public NetLinkRouteType Type { get; set; } = NetLinkRouteType.Unicast;

    /// <summary>The own address that new connections over this route use.</summary>
    [Parameter(ParameterSetName = "One", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Several", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Route")]
    public IPAddress? PreferredSource { get; set; }

    /// <summary>The largest packet in bytes over this route.</summary>
    [Parameter(ParameterSetName = "One", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Several", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "Route")]
    public int? Mtu { get; set; }

    /// <summary>Takes the place of a route to the same destination with the same metric.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _table = IsGiven(nameof(Table));
        _protocol = IsGiven(nameof(Protocol));
        _type = IsGiven(nameof(Type));
    }

    protected override void ProcessRecord() => Change(InputObject is null ? Destination : InputObject, batch =>
    {
        RouteSpec spec = InputObject is null ? Typed(batch) : Copied(batch, InputObject);
        if (IsWanted(Replace ? "Create or replace" : "Create", "route to", spec))
            batch.Add(spec, Replace);
    });

    private RouteSpec Typed(RouteBatch batch)
    {
        NetLinkNextHop[] hops = ParameterSetName == "Several" ? NextHops : One();
        AddressFamily family = hops.Select(hop => hop.Gateway?.AddressFamily).FirstOrDefault(known => known is not null) ?? AddressFamily.Unspecified;
        return new RouteSpec(RouteSpec.ParseDestination(Destination, family))
        {
            NextHops = Indexed(batch, hops),
            Metric = Metric,
            Table = RouteTables.Parse(Table),
            Protocol = RouteProtocols.Parse(Protocol),
            Type = Type,
            PreferredSource = PreferredSource,
            Mtu = Mtu,
        };
    }

    private RouteSpec Copied(RouteBatch batch, NetLinkRoute route) => new(route.Destination)
    {
        NextHops = Indexed(batch, route.NextHops),
        Metric = Metric ?? route.Metric,
        Table = RouteTables.Parse(_table ? Table : route.Table),
        Protocol = RouteProtocols.Parse(_protocol ? Protocol : route.Protocol),
        Type = _type ? Type : route.Type,
        PreferredSource = PreferredSource ?? route.PreferredSource,
        Mtu = Mtu ?? route.Mtu,
    };

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private NetLinkNextHop[] One() => Gateway is null && InterfaceName is null
        ? []
        : [new NetLinkNextHop { Gateway = Gateway, InterfaceName = InterfaceName, OnLink = OnLink }];

    // Numbers are each namespace's own: a name is what counts.
    private static NetLinkNextHop[] Indexed(RouteBatch batch, NetLinkNextHop[] hops) =>
        Array.ConvertAll(hops, hop => hop with { InterfaceIndex = string.IsNullOrEmpty(hop.InterfaceName) ? 0 : batch.IndexOf(hop.InterfaceName) });
}
