using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace WgNet.Shell;

/// <summary>Runs one script or command to its end and answers with the exit code that pwsh would give.</summary>
internal static class ScriptRun
{
    public static int File(ShellSession session, string path, IReadOnlyList<CommandParameter> arguments)
    {
        var command = new Command(path, isScript: false, useLocalScope: false);
        foreach (CommandParameter argument in arguments)
            command.Parameters.Add(argument);
        session.ExitWithScript();
        return Run(session, command, () => ExitCodes.Success);
    }

    public static int Command(ShellSession session, string text) =>
        Run(session, new Command(text, isScript: true, useLocalScope: false), () => session.Ask<bool>("$?") ? ExitCodes.Success : ExitCodes.Failure);

    private static int Run(ShellSession session, Command command, Func<int> completed)
    {
        using var signals = new StopSignals(session);
        if (signals.ExitCode is { } early)
            return early;
        RunOutcome outcome = session.Show(command);
        return outcome switch
        {
            RunOutcome.Stopped => signals.ExitCode ?? ExitCodes.Failure,
            RunOutcome.Failed => ExitCodes.Failure,
            _ => session.Host.ExitRequest ?? completed(),
        };
    }
}

/// <summary>
/// While it lives, the signals that end programs stop the running script instead, so that its finally blocks run. Signals
/// that come while it stops change nothing.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly ShellSession _session;
    private int _first;

    public StopSignals(ShellSession session)
    {
        _session = session;
        foreach ((PosixSignal signal, int number) in ((PosixSignal, int)[])[(PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15), (PosixSignal.SIGHUP, 1)])
            _registrations.Add(PosixSignalRegistration.Create(signal, context => Stop(context, number)));
    }

    /// <summary>The exit code for the first signal that came, null while none did.</summary>
    public int? ExitCode => Volatile.Read(ref _first) is var signal and > 0 ? ExitCodes.OfSignal(signal) : null;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Stop(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _first, number, 0) == 0)
            _session.Stop();
    }
}
