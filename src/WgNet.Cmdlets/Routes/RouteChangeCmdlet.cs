using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>
/// A cmdlet that makes or removes routes. Those that stand ready before the pipe (an array, a variable) go to the kernel many at once;
/// results and errors come in their order.
/// </summary>
/// <remarks>
/// They go one by one where somebody could tell the difference: behind another command, whose work on the next item must not come before
/// ours on this one; where an error ends the pipeline, so that nothing behind it is changed; and where each is asked for.
/// </remarks>
public abstract class RouteChangeCmdlet : LinkCmdlet
{
    private const int Most = 64;
    private RouteBatch? _batch;
    private bool _gathers;

    // Begins with one, so that Select-Object -First 1 makes no more, and what fails for all fails at the first.
    private int _limit = 1;

    protected override void BeginProcessing() =>
        _gathers = MyInvocation is { ExpectingInput: true, PipelinePosition: 1 } && !ErrorsEndIt() && !Asks();

    protected override void EndProcessing() => Flush();

    /// <summary>Adds a change to the batch, and sends it where it is full or nothing is to be gathered.</summary>
    private protected void Change(object target, Action<RouteBatch> add)
    {
        try
        {
            add(Batch());
        }
        catch (FaultException fault)
        {
            // What came before is told before.
            Flush();
            WriteFault(fault, target);
            return;
        }

        if (!_gathers || _batch!.IsFull || _batch.Count >= _limit)
            Flush();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _batch?.Dispose();
        base.Dispose(disposing);
    }

    // While something waits, the namespace is the one that it waits for: it is looked for anew with the next batch.
    private RouteBatch Batch()
    {
        if (_batch is { Count: > 0 })
        {
            if (_batch.Session.NamespaceName == (Namespace ?? ""))
                return _batch;
            Flush();
        }

        RouteSession session = Session();
        if (_batch?.Session != session)
        {
            _batch?.Dispose();
            _batch = new RouteBatch(session);
        }

        return _batch;
    }

    private void Flush()
    {
        if (_batch is not { Count: > 0 })
            return;
        _limit = Math.Min(2 * _limit, Most);
        Attempt(() =>
        {
            foreach (RouteOutcome outcome in _batch.Send(StopToken))
            {
                if (outcome.Fault is not null)
                    WriteFault(outcome.Fault, outcome.Target);
                else if (outcome.Route is not null)
                    WriteObject(outcome.Route);
            }
        });
    }

    private bool ErrorsEndIt()
    {
        object? action = MyInvocation.BoundParameters.GetValueOrDefault("ErrorAction") ?? GetVariableValue("ErrorActionPreference");
        return !LanguagePrimitives.TryConvertTo(action, out ActionPreference preference)
            || preference is not (ActionPreference.Continue or ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    private bool Asks()
    {
        if (MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm))
            return LanguagePrimitives.IsTrue(confirm);
        return !LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact impact)
            || impact is ConfirmImpact.Low or ConfirmImpact.Medium;
    }
}
