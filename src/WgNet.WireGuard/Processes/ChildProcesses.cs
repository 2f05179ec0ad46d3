using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace WgNet.WireGuard.Processes;

/// <summary>
/// Collects the exit of daemons that this process started, so that one that ends while the session lives does not
/// stay behind as a zombie. Children of others are left alone.
/// </summary>
internal static partial class ChildProcesses
{
    private const int NoHang = 1;
    private static readonly ConcurrentDictionary<int, int?> s_children = new();
    private static readonly PosixSignalRegistration s_registration = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => CollectAll());

    /// <summary>From now on the exit of this child is collected.</summary>
    public static void Watch(int pid)
    {
        _ = s_registration;
        s_children[pid] = null;
        Collect(pid);
    }

    /// <summary>True once a watched child has ended.</summary>
    public static bool HasExited(int pid)
    {
        Collect(pid);
        return !s_children.TryGetValue(pid, out int? status) || status is not null;
    }

    /// <summary>Ends a child that this process started and waits for it, a second at most before SIGKILL and ten after.</summary>
    public static void End(int pid)
    {
        for (int attempt = 0; attempt < 1100 && !HasExited(pid); attempt++)
        {
            _ = kill(pid, attempt == 100 ? 9 : attempt == 0 ? 15 : 0);
            Thread.Sleep(10);
        }

        s_children.TryRemove(pid, out _);
    }

    private static void CollectAll()
    {
        foreach (int pid in s_children.Keys)
            Collect(pid);
    }

    /// <summary>Collects the exit of a watched child that has ended, now rather than when its signal is served.</summary>
    public static void Collect(int pid)
    {
        if (s_children.TryGetValue(pid, out int? known) && known is null && waitpid(pid, out int status, NoHang) == pid)
            s_children[pid] = status;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int pid, out int status, int options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
