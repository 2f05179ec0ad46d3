using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the interfaces that BIRD's RIP protocols use. A BIRD without RIP has none.</summary>
/// <example>
/// <code>Get-BirdRipInterface | Where-Object Neighbors -eq 0</code>
/// <para>Shows the interfaces where nobody answers.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdRipInterface")]
[OutputType(typeof(BirdRipInterface))]
public sealed class GetBirdRipInterfaceCommand : BirdKindCmdlet
{
    /// <summary>The names of RIP protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdRipCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.RipInterfaces(protocol);
}
