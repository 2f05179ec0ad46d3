using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>
/// Gets the routers and networks of the OSPF areas that a BIRD is in, what each is joined to, and the routes that each announces.
/// A BIRD without OSPF knows none.
/// </summary>
/// <example>
/// <code>Get-BirdOspfTopology | Where-Object Kind -eq router</code>
/// <para>Lists the routers and what the way to each costs.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdOspfTopology")]
[OutputType(typeof(BirdOspfNode))]
public sealed class GetBirdOspfTopologyCommand : BirdKindCmdlet
{
    /// <summary>The names of OSPF protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdOspfCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    /// <summary>Gets also what cannot be reached.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.OspfTopology(protocol, All);
}
