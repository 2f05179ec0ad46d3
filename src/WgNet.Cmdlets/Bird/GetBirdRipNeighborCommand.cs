using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the neighbours of BIRD's RIP protocols. A BIRD without RIP has none.</summary>
/// <example>
/// <code>Get-BirdRipNeighbor | Where-Object Routes -eq 0</code>
/// <para>Shows the neighbours that bring no routes.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdRipNeighbor")]
[OutputType(typeof(BirdRipNeighbor))]
public sealed class GetBirdRipNeighborCommand : BirdKindCmdlet
{
    /// <summary>The names of RIP protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdRipCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.RipNeighbors(protocol);
}
