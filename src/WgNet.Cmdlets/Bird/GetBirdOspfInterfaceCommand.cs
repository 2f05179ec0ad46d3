using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the interfaces and virtual links of BIRD's OSPF protocols: their states, costs, timers and designated routers. A BIRD without OSPF has none.</summary>
/// <example>
/// <code>Get-BirdOspfInterface | Where-Object State -eq DR</code>
/// <para>Shows the links on which this router is the designated one.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdOspfInterface")]
[OutputType(typeof(BirdOspfInterface))]
public sealed class GetBirdOspfInterfaceCommand : BirdKindCmdlet
{
    /// <summary>The names of OSPF protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdOspfCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.OspfInterfaces(protocol);
}
