using System.Diagnostics;
using WgNet.Bird;
using WgNet.Netlink;
using WgNet.WireGuard.Processes;

namespace WgNet.Fabric;

/// <summary>
/// Runs a BIRD by itself, in a session of its own: it outlives this process, and nothing restarts it. For labs, and for machines without a
/// service manager that we know.
/// </summary>
internal sealed class OwnBird(BirdDaemon daemon) : IBirdSupervisor
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(5);

    public BirdUnitFile? Unit => null;

    public void Start(CancellationToken cancel)
    {
        if (BirdProcess.Search(daemon) is not null)
        {
            // A run that was killed had started it a moment ago.
            WaitForAnswer(daemon, () => BirdProcess.Search(daemon) is null ? "its process ended" : null, cancel);
            return;
        }

        string path = Locate(daemon.Program);
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(daemon.Namespace);
        using var log = new DaemonLog();
        Prepare(daemon);

        // Nothing of the caller's environment: it is none of the daemon's business.
        int pid = Spawn.Daemon(path, daemon.Arguments, ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], log.Descriptor, ns);
        ChildProcesses.Watch(pid);
        try
        {
            WaitForAnswer(daemon, () => ChildProcesses.HasExited(pid) ? log.Read() : null, cancel);
            log.Seal();
        }
        catch
        {
            ChildProcesses.End(pid);
            throw;
        }
    }

    public void End()
    {
        if (BirdProcess.Search(daemon) is not { } pid)
            return;
        using (var process = new ProcessEnd(pid))
        {
            if (BirdProcess.Is(pid, daemon) && !process.End())
                throw new FaultException("BirdStillRuns", FaultKind.Timeout, $"BIRD, process {pid}, does not end.", pid);
        }

        // What one that had to be killed leaves.
        File.Delete(daemon.ControlSocket);
        File.Delete(daemon.PidPath);
    }

    /// <summary>The program's path. Fault "BirdProgramNotFound".</summary>
    public static string Locate(string program) => Programs.Find(program) ?? Programs.Find($"/usr/sbin/{program}")
        ?? throw new FaultException("BirdProgramNotFound", FaultKind.Unavailable, $"'{program}' is not on the PATH. Install BIRD 2 or 3: apt-get install bird2", program);

    /// <summary>Waits for the control socket. Fault "BirdNotStarted".</summary>
    /// <param name="daemon">Whose.</param>
    /// <param name="ended">Why there is no use in waiting; null while there is.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static void WaitForAnswer(BirdDaemon daemon, Func<string?> ended, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Answers(daemon.ControlSocket))
        {
            cancel.ThrowIfCancellationRequested();
            string? why = ended();
            if (why is null && Stopwatch.GetElapsedTime(start) > s_startLimit)
                why = FormattableString.Invariant($"no answer within {s_startLimit.TotalSeconds:0} s");
            if (why is not null)
            {
                throw new FaultException("BirdNotStarted", FaultKind.Unavailable,
                    $"BIRD with the configuration '{daemon.ConfigPath}' did not start: {why}", daemon.ConfigPath);
            }

            Thread.Sleep(2);
        }
    }

    private static bool Answers(string controlSocket)
    {
        if (!File.Exists(controlSocket))
            return false;
        try
        {
            using var client = new BirdClient(controlSocket, s_answerLimit);
            return client.Status().Version.Length > 0;
        }
        catch (FaultException fault) when (fault.Kind is FaultKind.Connection or FaultKind.NotFound or FaultKind.Timeout)
        {
            return false;
        }
    }

    // The socket of one that was killed would be taken for that of the one that starts.
    private static void Prepare(BirdDaemon daemon)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(daemon.ControlSocket)!);
        File.Delete(daemon.ControlSocket);
    }
}
