using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>
/// What every cmdlet shares: a token that Ctrl+C cancels, and the one way in which a fault of the layers below becomes
/// an error record, so that a bad item does not stop the others.
/// </summary>
public abstract class WgNetCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    protected CancellationToken StopToken => _stopping.Token;

    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Runs the work on one item; a fault is written as a non-terminating error about it.</summary>
    protected bool Attempt(Action work, object? target = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            work();
            return true;
        }
        catch (FaultException fault)
        {
            Tell(fault, target);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        return false;
    }

    /// <summary>
    /// Opens or reads a namespace. One that the user did not give by name, and that is going away or still being made (its file is there
    /// before the namespace is bound to it), is null: it is no match. A name that the user gave is a fault where it is not there.
    /// </summary>
    private protected T? Match<T>(Func<T> read, bool given)
        where T : class
    {
        try
        {
            return read();
        }
        catch (FaultException fault) when (fault.Id == "NamespaceNotFound" && !given)
        {
            WriteVerbose(fault.Message);
            return null;
        }
    }

    protected void WriteFault(FaultException fault, object? target = null) => WriteError(FaultRecords.Of(fault, target));

    /// <summary>How a fault of <see cref="Attempt"/> is told: as a non-terminating error.</summary>
    private protected virtual void Tell(FaultException fault, object? target) => WriteFault(fault, target);

    /// <summary>Ends the cmdlet with a fault: for what makes every item fail alike.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    protected void ThrowFault(FaultException fault) => ThrowTerminatingError(FaultRecords.Of(fault, null));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stopping.Dispose();
    }
}
