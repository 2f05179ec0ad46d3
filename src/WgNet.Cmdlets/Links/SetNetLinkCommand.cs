using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Changes a network link: what is not given stays as it is.</summary>
/// <example>
/// <code>Set-NetLink lo -Up -Namespace private</code>
/// <para>Brings the loopback of a namespace up.</para>
/// </example>
/// <example>
/// <code>Get-NetLink eth* | Set-NetLink -Master br0 -PassThru</code>
/// <para>Plugs several links into a bridge and shows them.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "NetLink", SupportsShouldProcess = true)]
[OutputType(typeof(NetLink))]
public sealed class SetNetLinkCommand : LinkCmdlet
{
    /// <summary>The names of the links.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Brings the link up.</summary>
    [Parameter]
    public SwitchParameter Up { get; set; }

    /// <summary>Sets the link down; its IPv6 addresses and its routes go.</summary>
    [Parameter]
    public SwitchParameter Down { get; set; }

    /// <summary>The largest packet in bytes.</summary>
    [Parameter]
    [ValidateRange(68, int.MaxValue)]
    public int? Mtu { get; set; }

    /// <summary>The hardware address, for example 50:54:33:00:01:02.</summary>
    [Parameter]
    public string? MacAddress { get; set; }

    /// <summary>The bridge or VRF to join.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Master { get; set; }

    /// <summary>Leaves the bridge or VRF.</summary>
    [Parameter]
    public SwitchParameter NoMaster { get; set; }

    /// <summary>A new name.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>A free text to describe it; an empty one removes it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Alias { get; set; }

    /// <summary>How it gets its own IPv6 link-local address.</summary>
    [Parameter]
    public AddressGenerationMode? AddressGenerationMode { get; set; }

    /// <summary>Emits the changed links.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        if (Up && Down)
            ThrowFault(Conflict("-Up and -Down"));
        if (Master is not null && NoMaster)
            ThrowFault(Conflict("-Master and -NoMaster"));
    }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            InSession(name, session =>
            {
                NetLink link = Links.Find(session, name);
                LinkChange change = Change(session);
                if (NewName is not null)
                    LinkName.Check(NewName);
                if (!ShouldProcess(Described(link.Name), Said()))
                    return;
                Links.Change(session, link, change);
                if (PassThru)
                    WriteObject(Links.FindByIndex(session, link.Index));
            });
        }
    }

    private LinkChange Change(RouteSession session) => new()
    {
        Up = Up ? true : Down ? false : null,
        Mtu = Mtu,
        MacAddress = MacAddress,
        MasterIndex = NoMaster ? 0 : Master is null ? null : Links.Find(session, Master).Index,
        Name = NewName,
        Alias = Alias,
        AddressGenerationMode = AddressGenerationMode,
    };

    private string Said()
    {
        List<string> parts = [];
        if (Up)
            parts.Add("up");
        if (Down)
            parts.Add("down");
        if (Mtu is not null)
            parts.Add($"MTU {Mtu}");
        if (MacAddress is not null)
            parts.Add($"hardware address {MacAddress}");
        if (Master is not null)
            parts.Add($"master {Master}");
        if (NoMaster)
            parts.Add("no master");
        if (NewName is not null)
            parts.Add($"name '{NewName}'");
        if (Alias is not null)
            parts.Add($"alias '{Alias}'");
        if (AddressGenerationMode is not null)
            parts.Add($"address generation {AddressGenerationMode}");
        return parts.Count == 0 ? "Change nothing" : "Set " + string.Join(", ", parts);
    }

    private static FaultException Conflict(string parameters) =>
        new("ConflictingParameters", FaultKind.InvalidArgument, $"{parameters} exclude each other: give one of them.");
}
