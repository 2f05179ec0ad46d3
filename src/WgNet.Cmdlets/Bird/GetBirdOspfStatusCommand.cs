using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets how BIRD's OSPF protocols stand: how many advertisements each holds, and its areas with their interfaces and neighbours. A BIRD without OSPF has none.</summary>
/// <example>
/// <code>(Get-BirdOspfStatus).Areas | Where-Object { $_.AdjacentNeighbors -lt $_.Neighbors }</code>
/// <para>Shows the areas in which some neighbours do not exchange routes.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdOspfStatus")]
[OutputType(typeof(BirdOspfStatus))]
public sealed class GetBirdOspfStatusCommand : BirdKindCmdlet
{
    /// <summary>The names of OSPF protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdOspfCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.OspfStatus(protocol);
}
