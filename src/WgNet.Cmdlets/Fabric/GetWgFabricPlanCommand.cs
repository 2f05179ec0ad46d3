using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Shows what a fabric means: every end of every tunnel, with its interface, port, endpoint, keys, addresses, AS numbers and BIRD protocols.
/// Nothing is changed, and no gateway is asked. Ends are emitted as they are computed: a fabric of a thousand gateways has a million.
/// </summary>
/// <example>
/// <code>Get-WgFabricPlan ./paris.psd1 -Gateway V1-1</code>
/// <para>Shows the tunnels of one gateway.</para>
/// </example>
/// <example>
/// <code>Import-WgFabric ./paris.psd1 | Get-WgFabricPlan | Where-Object PeerGateway -eq V1-1 | Format-List</code>
/// <para>Shows all about the other ends of V1-1's tunnels.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "WgFabricPlan")]
[OutputType(typeof(WgFabricTunnel))]
public sealed class GetWgFabricPlanCommand : GatewayCmdlet
{
    protected override void ProcessRecord() => WithFabric(fabric =>
    {
        foreach (WgFabricGateway gateway in Chosen(fabric))
        {
            foreach (WgFabricTunnel tunnel in FabricTunnels.Of(fabric, gateway))
                WriteObject(tunnel);
        }
    });
}
