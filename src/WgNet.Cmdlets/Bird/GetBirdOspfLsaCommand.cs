using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the link-state advertisements that BIRD's OSPF protocols hold. A BIRD without OSPF has none. What they mean together shows Get-BirdOspfTopology.</summary>
/// <example>
/// <code>Get-BirdOspfLsa | Where-Object TypeName -eq External</code>
/// <para>Shows which router announces routes from outside of OSPF.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdOspfLsa")]
[OutputType(typeof(BirdOspfLsa))]
public sealed class GetBirdOspfLsaCommand : BirdKindCmdlet
{
    /// <summary>The names of OSPF protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdOspfCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.OspfLsas(protocol);
}
