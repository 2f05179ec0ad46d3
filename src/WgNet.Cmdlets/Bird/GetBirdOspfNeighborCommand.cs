using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the neighbours of BIRD's OSPF protocols. A BIRD without OSPF has none.</summary>
/// <example>
/// <code>Get-BirdOspfNeighbor | Where-Object State -ne Full</code>
/// <para>Shows the neighbours that do not exchange routes yet.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdOspfNeighbor")]
[OutputType(typeof(BirdOspfNeighbor))]
public sealed class GetBirdOspfNeighborCommand : BirdKindCmdlet
{
    /// <summary>The names of OSPF protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdOspfCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.OspfNeighbors(protocol);
}
