using WgNet.WireGuard.Processes;

namespace WgNet.WireGuard.Userspace;

/// <summary>Ends the daemon of a device for good: asked by SIGTERM, killed after two seconds.</summary>
internal static class DaemonEnd
{
    /// <summary>Ends the daemon, then removes what it left.</summary>
    /// <param name="device">The device as it was identified.</param>
    /// <param name="removeLink">Removes the interface, at once and whatever the daemon does.</param>
    public static void Of(UserspaceDevice device, Action removeLink)
    {
        using (var process = new ProcessEnd(device.ProcessId))
        {
            bool same = process.IsOpen && UserspaceDevice.Identify(device.SocketPath)?.ProcessId == device.ProcessId;
            removeLink();
            if (same && !process.End())
            {
                throw new FaultException("DaemonStillRuns", FaultKind.Timeout,
                    $"The interface is removed, but its daemon (process {device.ProcessId}) does not end.", device.ProcessId);
            }
        }

        ChildProcesses.Collect(device.ProcessId);

        // What a killed daemon leaves; one that ended by itself took it along.
        File.Delete(device.SocketPath);
    }
}
