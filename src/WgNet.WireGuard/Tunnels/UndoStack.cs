namespace WgNet.WireGuard.Tunnels;

/// <summary>What takes back the steps done so far, last first. An undo that fails is told with the error, never hidden.</summary>
internal sealed class UndoStack
{
    private readonly Stack<(string Leftover, Action Undo)> _steps = new();

    /// <summary>Notes how to take back a step that was just done.</summary>
    /// <param name="leftover">What stays behind if the undo fails, as a phrase.</param>
    /// <param name="undo">Takes the step back.</param>
    public void Push(string leftover, Action undo) => _steps.Push((leftover, undo));

    /// <summary>Everything worked: nothing is to be taken back.</summary>
    public void Keep() => _steps.Clear();

    /// <summary>Takes all back; returns the fault to throw, with what could not be taken back in its text.</summary>
    public Exception Unwind(Exception cause)
    {
        var left = new List<string>();
        while (_steps.TryPop(out (string Leftover, Action Undo) step))
        {
            try
            {
                step.Undo();
            }
            catch (Exception failure) when (failure is FaultException or IOException or UnauthorizedAccessException)
            {
                left.Add($"{step.Leftover} ({failure.Message})");
            }
        }

        if (left.Count == 0)
            return cause;
        string text = $"{cause.Message} Left behind: {string.Join("; ", left)}.";
        return cause is FaultException fault
            ? new FaultException(fault.Id, fault.Kind, text, fault.Target, fault)
            : new FaultException("UndoIncomplete", FaultKind.Unavailable, text, inner: cause);
    }
}
