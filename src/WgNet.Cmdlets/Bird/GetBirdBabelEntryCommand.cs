using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the destinations that BIRD's Babel protocols know, each with its best way. The ways that neighbours announced, used or not, shows Get-BirdBabelRoute. A BIRD without Babel has none.</summary>
/// <example>
/// <code>Get-BirdBabelEntry | Where-Object RouterId -eq $null</code>
/// <para>Shows the destinations to which no way is left.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdBabelEntry")]
[OutputType(typeof(BirdBabelEntry))]
public sealed class GetBirdBabelEntryCommand : BirdKindCmdlet
{
    /// <summary>The names of Babel protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdBabelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.BabelEntries(protocol);
}
