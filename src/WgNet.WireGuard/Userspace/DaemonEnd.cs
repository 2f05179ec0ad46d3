using System.Runtime.InteropServices;

namespace WgNet.WireGuard.Userspace;

/// <summary>
/// Ends the daemon of a device for good: asked by SIGTERM, killed after two seconds. Works through a pidfd that is opened before the
/// daemon is looked at again, so that a process id which went to another program meanwhile is never signalled.
/// </summary>
internal static partial class DaemonEnd
{
    private const int SYS_pidfd_send_signal = 424;
    private const int SYS_pidfd_open = 434;
    private const int SIGKILL = 9;
    private const int SIGTERM = 15;
    private const short POLLIN = 1;

    /// <summary>Ends the daemon, then removes what it left.</summary>
    /// <param name="device">The device as it was identified.</param>
    /// <param name="removeLink">Removes the interface, at once and whatever the daemon does.</param>
    public static void Of(UserspaceDevice device, Action removeLink)
    {
        int process = (int)syscall(SYS_pidfd_open, device.ProcessId, 0, 0, 0);
        try
        {
            bool same = process >= 0 && UserspaceDevice.Identify(device.SocketPath)?.ProcessId == device.ProcessId;
            removeLink();
            if (same && !Ended(process, SIGTERM) && !Ended(process, SIGKILL))
            {
                throw new FaultException("DaemonStillRuns", FaultKind.Timeout,
                    $"The interface is removed, but its daemon (process {device.ProcessId}) does not end.", device.ProcessId);
            }
        }
        finally
        {
            if (process >= 0)
                _ = close(process);
        }

        // What a killed daemon leaves; one that ended by itself took it along.
        File.Delete(device.SocketPath);
    }

    private static bool Ended(int process, int signal)
    {
        _ = syscall(SYS_pidfd_send_signal, process, signal, 0, 0);
        var wait = new PollDescriptor { Descriptor = process, Events = POLLIN };
        return poll(ref wait, 1, 2000) == 1;
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
