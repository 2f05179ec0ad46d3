using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets what BIRD uses memory for.</summary>
/// <example>
/// <code>Get-BirdMemory | Where-Object Name -eq Total</code>
/// <para>Shows how much it is altogether.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdMemory")]
[OutputType(typeof(BirdMemory))]
public sealed class GetBirdMemoryCommand : BirdCmdlet
{
    protected override void ProcessRecord() => ForEachDaemon(client => WriteEach(client.Memory()));
}
