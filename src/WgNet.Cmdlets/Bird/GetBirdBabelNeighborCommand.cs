using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the neighbours of BIRD's Babel protocols. A BIRD without Babel has none.</summary>
/// <example>
/// <code>Get-BirdBabelNeighbor | Where-Object Hellos -lt 14</code>
/// <para>Shows the neighbours whose greetings get lost.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdBabelNeighbor")]
[OutputType(typeof(BirdBabelNeighbor))]
public sealed class GetBirdBabelNeighborCommand : BirdKindCmdlet
{
    /// <summary>The names of Babel protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdBabelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.BabelNeighbors(protocol);
}
