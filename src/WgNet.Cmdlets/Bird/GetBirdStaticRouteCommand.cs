using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the routes of BIRD's static protocols as they are configured, with the next hops that cannot be used now. Get-BirdRoute shows what became of them in the tables.</summary>
/// <example>
/// <code>Get-BirdStaticRoute | Where-Object Active -eq $false</code>
/// <para>Shows the routes that wait for an interface or a gateway.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdStaticRoute")]
[OutputType(typeof(BirdStaticRoute))]
public sealed class GetBirdStaticRouteCommand : BirdKindCmdlet
{
    /// <summary>The names of static protocols. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdStaticCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Protocol { get; set; }

    protected override string[]? Chosen => Protocol;

    protected override IEnumerable<object> Read(BirdClient client, string? protocol) => client.StaticRoutes(protocol);
}
