using System.Net.Sockets;

namespace WgNet.WireGuard.Userspace;

/// <summary>
/// Removes the socket files that killed daemons of ours left: nobody else ever would, since each new daemon has a name of its own.
/// </summary>
internal static class StaleSockets
{
    // Between bind(2) and listen(2) a daemon that starts refuses too; that moment is far shorter.
    private static readonly TimeSpan s_youth = TimeSpan.FromMinutes(1);

    /// <summary>Removes what nobody serves; what may not be looked at or removed stays.</summary>
    public static void Remove()
    {
        if (!Directory.Exists(UserspaceDevice.SocketDirectory))
            return;
        try
        {
            foreach (string path in Directory.GetFiles(UserspaceDevice.SocketDirectory, $"{WireGuardGo.NamePrefix}*.sock"))
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > s_youth && IsRefused(path))
                    File.Delete(path);
            }
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            // Tidying up must not keep a tunnel from being made.
        }
    }

    private static bool IsRefused(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException caught)
        {
            return caught.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}
