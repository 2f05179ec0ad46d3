using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets what a BIRD says of itself: version, router id, its clock, when it was started and last configured.</summary>
/// <example>
/// <code>Get-BirdStatus</code>
/// <para>Asks the BIRD of this machine.</para>
/// </example>
/// <example>
/// <code>Get-BirdStatus -ControlSocket /run/bird/*.ctl</code>
/// <para>Asks every BIRD whose control socket is in that folder.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdStatus")]
[OutputType(typeof(BirdStatus))]
public sealed class GetBirdStatusCommand : BirdCmdlet
{
    protected override void ProcessRecord() => ForEachDaemon(client => WriteObject(client.Status()));
}
