using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>
/// A cmdlet that makes or removes routes. Those that stand ready before the pipe (an array, a variable, what Get-NetLinkRoute reads) go to
/// the kernel many at once; results and errors come in their order.
/// </summary>
/// <remarks>
/// They go one by one where somebody could tell the difference: behind a command that may do anything, whose work on the next item must
/// not come before ours on this one; where an error ends the pipeline, so that nothing behind it is changed; and where each is asked for.
/// Ctrl+C keeps the next batch from being sent. What was sent is done, and what of it can be shown no more is told to the host.
/// </remarks>
public abstract class RouteChangeCmdlet : LinkCmdlet
{
    private const int Most = 64;
    private RouteBatch? _batch;
    private bool _gathers;
    private bool _unasked;

    // Begins with one, so that Select-Object -First 1 makes no more, and what fails for all fails at the first.
    private int _limit = 1;

    protected override void BeginProcessing()
    {
        _gathers = MyInvocation.ExpectingInput && (MyInvocation.PipelinePosition == 1 || Reading.IsBefore(MyInvocation)) && !ErrorsEndIt() && !Asks();
        _unasked = _gathers && !Shows();
    }

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

    /// <summary>
    /// ShouldProcess for one route of many. Where it would neither ask nor show, which stays so while routes are gathered, the engine is
    /// spared the sentence that it would make and drop for each.
    /// </summary>
    private protected bool IsWanted(string action, string what, object route) => _unasked || ShouldProcess($"{what} {route}{InNamespace}", action);

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
            IReadOnlyList<RouteOutcome> outcomes = _batch.Send(StopToken);
            int told = 0;
            try
            {
                for (; told < outcomes.Count; told++)
                    Tell(outcomes[told]);
            }
            catch (PipelineStoppedException)
            {
                TellHost(outcomes.Skip(told));
                throw;
            }
        });
    }

    private void Tell(in RouteOutcome outcome)
    {
        if (outcome.Fault is not null)
            WriteFault(outcome.Fault);
        else if (outcome.Route is not null)
            WriteObject(outcome.Route);
    }

    // A pipeline that was stopped takes neither objects nor warnings; the host does.
    private void TellHost(IEnumerable<RouteOutcome> untold)
    {
        RouteOutcome[] made = [.. untold.Where(outcome => outcome.Route is not null)];
        if (made.Length > 0)
            Host.UI.WriteWarningLine($"Stopped before these routes were handed on, which are made{InNamespace}: {string.Join(", ", made.Select(outcome => outcome.Destination))}.");
    }

    private bool ErrorsEndIt()
    {
        object? action = MyInvocation.BoundParameters.GetValueOrDefault("ErrorAction") ?? GetVariableValue("ErrorActionPreference");
        return !LanguagePrimitives.TryConvertTo(action, out ActionPreference preference)
            || preference is not (ActionPreference.Continue or ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    // -WhatIf and -Verbose.
    private bool Shows()
    {
        object? whatIf = MyInvocation.BoundParameters.GetValueOrDefault("WhatIf") ?? GetVariableValue("WhatIfPreference");
        if (LanguagePrimitives.IsTrue(whatIf))
            return true;
        if (MyInvocation.BoundParameters.TryGetValue("Verbose", out object? verbose))
            return LanguagePrimitives.IsTrue(verbose);
        return !LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), out ActionPreference preference)
            || preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    private bool Asks()
    {
        if (MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm))
            return LanguagePrimitives.IsTrue(confirm);
        return !LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact impact)
            || impact is ConfirmImpact.Low or ConfirmImpact.Medium;
    }
}
