using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Makes this machine the gateway that the fabric says: its namespaces, key, tunnels and BIRD. Only what differs is touched: every other
/// tunnel keeps its session and its counters, and BIRD the sessions over it. Emits each step when it is done, and the result.
/// </summary>
/// <remarks>
/// New tunnels come first, then changes one tunnel after the other, then BIRD, and what is removed goes last. When a step fails, at Ctrl+C,
/// or when the pipeline behind ends at a step, all steps are taken back, and the old state is there again. A run that was killed is
/// finished by the next one.
///
/// The private key is made here and never leaves the machine. BIRD's configuration is checked by bird -p before it replaces the old one, and
/// includes the operator's files in bird.d of the configuration folder. Where systemd runs the machine, it keeps BIRD; else BIRD is started
/// as it is.
/// </remarks>
/// <example>
/// <code>Invoke-WgFabric ./paris.psd1 -Gateway V1-1 -WhatIf</code>
/// <para>Prints the steps that it takes to make this machine V1-1, and does none of them.</para>
/// </example>
/// <example>
/// <code>Import-WgFabric ./paris.psd1 | Invoke-WgFabric</code>
/// <para>Makes this machine the gateway that is called like it.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "WgFabric", SupportsShouldProcess = true)]
[OutputType(typeof(WgFabricStep), typeof(WgFabricResult))]
public sealed class InvokeWgFabricCommand : PlacedGatewayCmdlet
{
    /// <summary>Kernel, Userspace (wireguard-go), or Auto: the kernel's WireGuard where there is one. A tunnel of the other one is made anew unless this is Auto.</summary>
    [Parameter]
    public WgBackend Backend { get; set; }

    private protected override WgBackend ChosenBackend => Backend;

    protected override void ProcessRecord() => WithGateway(plan =>
    {
        if (Agreed(plan))
            WriteObject(GatewayApply.Run(plan, WriteObject, WriteWarning, StopToken));
    });

    /// <summary>-WhatIf prints every step; -Confirm asks once, since a part of the steps is no state to stop in.</summary>
    private bool Agreed(GatewayPlan plan)
    {
        IReadOnlyList<FabricStep> steps = GatewaySteps.Of(plan, GatewayState.Read(plan, StopToken));
        if (steps.Count == 0)
            return true;
        string all = string.Join("\n", steps.Select(step => $"  {step.Description}"));
        bool agreed = ShouldProcess(Text(plan, steps[0]), $"Make {steps.Count} {(steps.Count == 1 ? "step" : "steps")} on {plan.Gateway}?\n{all}", "Invoke-WgFabric", out ShouldProcessReason reason);
        if (reason == ShouldProcessReason.WhatIf)
        {
            foreach (FabricStep step in steps.Skip(1))
                ShouldProcess(Text(plan, step), "", "");
        }

        return agreed;
    }

    private static string Text(GatewayPlan plan, FabricStep step) => $"{plan.Gateway}: {step.Description}";
}
