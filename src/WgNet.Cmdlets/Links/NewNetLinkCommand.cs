using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Makes a network link: a veth pair, a bridge, a VRF, or any other kind that the kernel knows.</summary>
/// <example>
/// <code>New-NetLink eth0 veth -Namespace R1 -PeerName eth1 -PeerNamespace V1-1 -Up</code>
/// <para>Joins two namespaces by a cable, both ends up.</para>
/// </example>
/// <example>
/// <code>New-NetLink br0 bridge -MulticastSnooping:$false -Up</code>
/// <para>Makes a switch that passes multicast on to everybody.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "NetLink", SupportsShouldProcess = true)]
[OutputType(typeof(NetLink))]
public sealed class NewNetLinkCommand : LinkCmdlet
{
    /// <summary>The name of the link, 1 to 15 bytes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>What it is to be: veth, bridge, vrf, dummy, ifb, wireguard, or another kind that needs no data.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LinkKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string Kind { get; set; } = "";

    /// <summary>The name of a veth's other end. Default: the kernel numbers it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PeerName { get; set; }

    /// <summary>The network namespace of a veth's other end. Default: that of the link.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? PeerNamespace { get; set; }

    /// <summary>The hardware address of a veth's other end. Default: random.</summary>
    [Parameter]
    public string? PeerMacAddress { get; set; }

    /// <summary>The routing table of a VRF.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RouteTableCompleter))]
    public string? Table { get; set; }

    /// <summary>Whether a bridge learns who listens to which multicast group. Routers that speak OSPF over it are better off without.</summary>
    [Parameter]
    public bool? MulticastSnooping { get; set; }

    /// <summary>The largest packet in bytes; of both ends of a veth.</summary>
    [Parameter]
    [ValidateRange(68, int.MaxValue)]
    public int? Mtu { get; set; }

    /// <summary>The hardware address, for example 50:54:33:00:01:02. Default: random.</summary>
    [Parameter]
    public string? MacAddress { get; set; }

    /// <summary>The bridge or VRF to join.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string? Master { get; set; }

    /// <summary>A free text to describe it.</summary>
    [Parameter]
    public string? Alias { get; set; }

    /// <summary>How it gets its own IPv6 link-local address. Default: the namespace's setting.</summary>
    [Parameter]
    public AddressGenerationMode? AddressGenerationMode { get; set; }

    /// <summary>Brings the link up, and the other end of a veth too.</summary>
    [Parameter]
    public SwitchParameter Up { get; set; }

    protected override void ProcessRecord() => InSession(Name, session =>
    {
        LinkName.Check(Name);
        CheckKindData();
        using NetNamespaceHandle? peerNamespace = PeerNamespace is null ? null : NetNamespaceHandle.Open(PeerNamespace);
        var spec = new LinkSpec(Name, Kind)
        {
            Data = Data(peerNamespace),
            Mtu = Mtu,
            MacAddress = MacAddress,
            MasterIndex = Master is null ? null : Links.Find(session, Master).Index,
            Alias = Alias,
            AddressGenerationMode = AddressGenerationMode,
            Up = Up,
        };
        if (ShouldProcess(Described(Name), $"Create a link of kind {Kind}"))
            WriteObject(Links.Create(session, spec));
    });

    private LinkData? Data(NetNamespaceHandle? peerNamespace) => Kind switch
    {
        "veth" => new VethData(PeerName) { PeerNamespace = peerNamespace, PeerMacAddress = PeerMacAddress, PeerMtu = Mtu, PeerUp = Up },
        "vrf" => new VrfData(RouteTables.Parse(Table!)),
        "bridge" => new BridgeData { MulticastSnooping = MulticastSnooping },
        _ => null,
    };

    // A parameter that would be ignored in silence is a mistake worth telling.
    private void CheckKindData()
    {
        Belongs(PeerName ?? PeerNamespace ?? PeerMacAddress, "-PeerName, -PeerNamespace and -PeerMacAddress are", "veth");
        Belongs(Table, "-Table is", "vrf");
        Belongs(MulticastSnooping, "-MulticastSnooping is", "bridge");
        if (Kind == "vrf" && Table is null)
            throw new FaultException("InvalidLinkData", FaultKind.InvalidArgument, $"The VRF '{Name}' needs a routing table: give -Table.", Name);
    }

    private void Belongs(object? value, string parameters, string kind)
    {
        if (value is not null && Kind != kind)
            throw new FaultException("InvalidLinkData", FaultKind.InvalidArgument, $"{parameters} for links of kind {kind}, and '{Name}' is to be of kind {Kind}.", Name);
    }
}
