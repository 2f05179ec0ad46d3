using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the sessions of BIRD's BFD protocols. A BIRD without BFD has none.</summary>
/// <example>
/// <code>Get-BirdBfdSession | Where-Object State -ne Up</code>
/// <para>Shows the neighbours that do not answer.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdBfdSession")]
[OutputType(typeof(BirdBfdSession))]
public sealed class GetBirdBfdSessionCommand : BirdKindCmdlet
{
    /// <summary>The names of BFD protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdBfdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.BfdSessions(protocol);
}
