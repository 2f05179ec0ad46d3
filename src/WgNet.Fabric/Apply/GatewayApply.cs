using System.Diagnostics;
using System.Runtime.ExceptionServices;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>Makes a gateway as its plan says: all of it, or nothing.</summary>
internal static class GatewayApply
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>
    /// Reads the gateway and makes the steps that it takes. When one fails, <paramref name="done"/> throws or the user stops, those before it
    /// are taken back, last first. Faults: those of <see cref="GatewayState.Read"/> and of the steps, "FabricBusy", "FabricPermissionDenied",
    /// "FabricFolderUnusable".
    /// </summary>
    /// <param name="plan">What the gateway is to be.</param>
    /// <param name="done">Told of each step when it is done.</param>
    /// <param name="warn">Told what the user should know.</param>
    /// <param name="cancel">Stops between two steps, and in those that take their time.</param>
    public static WgFabricResult Run(GatewayPlan plan, Action<WgFabricStep>? done = null, Action<string>? warn = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        long start = Stopwatch.GetTimestamp();
        using SessionLock hold = Lock(plan, cancel);
        GatewayState state = GatewayState.Read(plan, cancel);
        state.Warnings.ForEach(warning => warn?.Invoke(warning));
        IReadOnlyList<FabricStep> steps = GatewaySteps.Of(plan, state);
        using var run = new GatewayRun(plan, cancel) { Key = state.Key };
        try
        {
            for (int i = 0; i < steps.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                Make(run, steps[i]);
                cancel.ThrowIfCancellationRequested();
                done?.Invoke(steps[i].Done(plan.Gateway.Name, i + 1, steps.Count));
            }

            run.Undo.Keep();
        }
        catch (Exception caught)
        {
            Exception told = run.Undo.Unwind(caught);
            if (told == caught)
                ExceptionDispatchInfo.Throw(caught);
            throw told;
        }

        return new WgFabricResult
        {
            Gateway = plan.Gateway.Name,
            Changed = steps.Count > 0,
            Steps = steps.Count,
            Tunnels = plan.Tunnels.Count,
            Elapsed = Stopwatch.GetElapsedTime(start),
            PublicKey = run.Key!.PublicKey,
        };
    }

    private static void Make(GatewayRun run, FabricStep step)
    {
        try
        {
            step.Do(run);
        }
        catch (FaultException fault)
        {
            throw new FaultException(fault.Id, fault.Kind,
                $"{run.Plan.Gateway}: cannot {step.Description}. {fault.Message} The steps before it are taken back.", fault.Target, fault);
        }
    }

    // Two runs at once would each take the other's half for a difference.
    private static SessionLock Lock(GatewayPlan plan, CancellationToken cancel)
    {
        string path = plan.Place.LockPath;
        try
        {
            Directory.CreateDirectory(plan.Place.RunFolder, FolderMode);
            return SessionLock.Take(path, cancel)
                ?? throw new FaultException("FabricBusy", FaultKind.Unavailable, $"{plan.Gateway} is being changed by another session, which holds '{path}'. Wait for it, and try again.", path);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw new FaultException("FabricPermissionDenied", FaultKind.PermissionDenied, $"May not change {plan.Gateway}: {caught.Message} {Capabilities.Advice(Capability.CAP_DAC_OVERRIDE)}", path, caught);
        }
        catch (IOException caught)
        {
            throw new FaultException("FabricFolderUnusable", FaultKind.Unavailable, $"Cannot change {plan.Gateway}, nor hold '{path}' meanwhile: {caught.Message}", path, caught);
        }
    }
}
