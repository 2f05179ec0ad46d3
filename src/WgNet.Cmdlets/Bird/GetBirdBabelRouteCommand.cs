using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the routes that neighbours announced to BIRD's Babel protocols, used or not. A BIRD without Babel has none.</summary>
/// <example>
/// <code>Get-BirdBabelRoute | Where-Object Selected</code>
/// <para>Shows the routes that are used.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdBabelRoute")]
[OutputType(typeof(BirdBabelRoute))]
public sealed class GetBirdBabelRouteCommand : BirdKindCmdlet
{
    /// <summary>The names of Babel protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdBabelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.BabelRoutes(protocol);
}
