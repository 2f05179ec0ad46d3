using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace WgNet.Shell;

internal enum RunOutcome
{
    /// <summary>Ran to its end; there may have been errors on the way.</summary>
    Completed,

    /// <summary>An error that nothing caught ended it.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Stopped,
}

/// <summary>One runspace, what runs in it now, and how that is stopped from another thread.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Runspace _runspace;
    private PowerShell? _running;

    public ShellSession(bool nonInteractive)
    {
        Host = new ShellHost(nonInteractive);
        _runspace = RunspaceFactory.CreateRunspace(Host, EngineState.Create());
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
    }

    public ShellHost Host { get; }

    /// <summary>
    /// Runs one command and shows what it writes, errors among the objects in the order in which they come. It is kept in
    /// the history: for what is not, the engine puts <c>$?</c> back to what it was.
    /// </summary>
    public RunOutcome Show(Command command)
    {
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.Commands.AddCommand(command);
        shell.AddCommand("Out-Default");
        try
        {
            lock (_gate)
                _running = shell;
            shell.Invoke(null, new PSInvocationSettings { AddToHistory = true });
            return shell.InvocationStateInfo.State == PSInvocationState.Stopped ? RunOutcome.Stopped : RunOutcome.Completed;
        }
        catch (Exception caught) when (caught is PipelineStoppedException or InvalidPowerShellStateException)
        {
            return RunOutcome.Stopped;
        }
        catch (Exception caught)
        {
            Report(caught);
            return RunOutcome.Failed;
        }
        finally
        {
            lock (_gate)
                _running = null;
            Host.Screen.Clear();
        }
    }

    /// <summary>Lets <c>exit</c> in the script that is run next end the session, as for pwsh -File, and not the script alone.</summary>
    public void ExitWithScript() => EngineInternals.LetExitThrough(_runspace);

    /// <summary>The first object that a line of PowerShell writes, nothing shown.</summary>
    public T? Ask<T>(string script)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return shell.AddScript(script, useLocalScope: false).Invoke<T>().FirstOrDefault();
    }

    public CommandCompletion Complete(string text, int cursor)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(text, cursor, null, shell);
    }

    /// <summary>Stops what runs now and does not wait for it: its finally blocks run first. Asked twice it stops once.</summary>
    public void Stop()
    {
        lock (_gate)
            _running?.BeginStop(null, null);
    }

    public void Dispose()
    {
        Runspace.DefaultRunspace = null;
        _runspace.Dispose();
    }

    // Through Out-Default, so that it looks as one that was written on the way.
    private void Report(Exception caught)
    {
        ErrorRecord record = caught is IContainsErrorRecord { ErrorRecord: { } own }
            ? own
            : new ErrorRecord(caught, "UncaughtException", ErrorCategory.NotSpecified, null);
        if (caught is IncompleteParseException)
        {
            // The engine's view of errors leaves these to a prompt, which asks for the rest.
            Host.Screen.WriteError(caught.Message + "\n");
            return;
        }

        PSObject marked = EngineInternals.AsErrorStream(record);
        try
        {
            using PowerShell shell = PowerShell.Create(_runspace);
            shell.AddCommand("Out-Default").Invoke(new[] { marked });
        }
        catch (RuntimeException)
        {
            // The view failed: the message is what matters.
            Host.Screen.WriteError(caught.Message + "\n");
        }
    }
}
