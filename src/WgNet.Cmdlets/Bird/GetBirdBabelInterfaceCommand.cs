using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the interfaces that BIRD's Babel protocols use. A BIRD without Babel has none.</summary>
/// <example>
/// <code>Get-BirdBabelInterface | Where-Object Neighbors -eq 0</code>
/// <para>Shows the interfaces where nobody answers.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdBabelInterface")]
[OutputType(typeof(BirdBabelInterface))]
public sealed class GetBirdBabelInterfaceCommand : BirdKindCmdlet
{
    /// <summary>The names of Babel protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdBabelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.BabelInterfaces(protocol);
}
