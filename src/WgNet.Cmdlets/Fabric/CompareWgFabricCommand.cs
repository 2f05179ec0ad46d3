using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Tells in what this machine is not as the fabric says, one object a difference: its namespaces and their settings, tunnels, peers and
/// addresses, and BIRD. Emits nothing where nothing differs, and changes nothing.
/// </summary>
/// <remarks>
/// The tunnels of the fabric are those in the private namespace that have the gateway's own key and are called as the fabric calls them.
/// Other interfaces, addresses outside the tunnel pools and what the operator's own file in BIRD's configuration makes are no differences.
/// Nor is the place of a peer that the file gives no endpoint: it comes by itself.
/// </remarks>
/// <example>
/// <code>Compare-WgFabric ./paris.psd1 -Gateway V1-1</code>
/// <para>Shows what Invoke-WgFabric would change on this machine as V1-1.</para>
/// </example>
/// <example>
/// <code>Import-WgFabric ./paris.psd1 | Compare-WgFabric | Where-Object Kind -eq Peer</code>
/// <para>Shows what differs in the other ends of the tunnels, on the gateway that is called like this machine.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "WgFabric")]
[OutputType(typeof(WgFabricDifference))]
public sealed class CompareWgFabricCommand : PlacedGatewayCmdlet
{
    protected override void ProcessRecord() => WithGateway(plan =>
    {
        GatewayState state = GatewayState.Read(plan, StopToken);
        state.Warnings.ForEach(WriteWarning);
        foreach (FabricStep step in GatewaySteps.Of(plan, state))
            WriteObject(step.Differences, enumerateCollection: true);
    });
}
