using WgNet.WireGuard.Processes;

namespace WgNet.WireGuard.Userspace;

/// <summary>A wireguard-go that this process started.</summary>
/// <param name="StartName">The device's name at start; its UAPI socket keeps it for ever.</param>
/// <param name="ProcessId">The daemon.</param>
internal sealed record UserspaceDaemon(string StartName, int ProcessId)
{
    public string SocketPath => UserspaceDevice.SocketPathOf(StartName);

    /// <summary>Ends the daemon: device and socket go with it.</summary>
    public void End()
    {
        ChildProcesses.End(ProcessId);

        // A daemon that had to be killed leaves its socket file.
        try
        {
            File.Delete(SocketPath);
        }
        catch (UnauthorizedAccessException)
        {
            // Where this user may remove no socket, the daemon could make none. Why it failed is what is to be told.
        }
    }
}
