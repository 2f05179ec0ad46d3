using System.Runtime.InteropServices;

namespace WgNet.WireGuard.Processes;

/// <summary>
/// A process that is held on to by a pidfd (pidfd_open(2)), so that a process id which went to another program meanwhile is never signalled:
/// open it, look at the process again, then end it.
/// </summary>
internal sealed partial class ProcessEnd : IDisposable
{
    private const int SYS_pidfd_send_signal = 424;
    private const int SYS_pidfd_open = 434;
    private const int SIGKILL = 9;
    private const int SIGTERM = 15;
    private const short POLLIN = 1;

    // The kernel may hold a killed process for a while: one that waits for a disk, or on a machine that stands still.
    private const int PatienceAsked = 2000, PatienceKilled = 10000;
    private readonly int _descriptor;

    public ProcessEnd(int pid) => _descriptor = (int)syscall(SYS_pidfd_open, pid, 0, 0, 0);

    /// <summary>False: there was no such process any more.</summary>
    public bool IsOpen => _descriptor >= 0;

    /// <summary>Asks by SIGTERM, and after two seconds kills; false: it runs still, ten seconds later.</summary>
    public bool End() => !IsOpen || Ended(SIGTERM, PatienceAsked) || Ended(SIGKILL, PatienceKilled);

    public void Dispose()
    {
        if (IsOpen)
            _ = close(_descriptor);
    }

    private bool Ended(int signal, int milliseconds)
    {
        _ = syscall(SYS_pidfd_send_signal, _descriptor, signal, 0, 0);
        var wait = new PollDescriptor { Descriptor = _descriptor, Events = POLLIN };
        return poll(ref wait, 1, milliseconds) == 1;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("libc")]
    private static partial int close(int fd);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Results;
    }
}
