using System.Net.Sockets;

namespace WgNet.IntegrationTests.Support;

/// <summary>A daemon's socket, seen from outside.</summary>
internal static class UnixSocket
{
    /// <summary>Whether the userspace device that was started under a name answers.</summary>
    /// <remarks>
    /// `wg` removes a socket that refuses it, and one that is bound does so until it listens: it is asked only then. That somebody listens is
    /// not enough: wireguard-go does before it has found its interface.
    /// </remarks>
    public static bool DeviceAnswers(string name) => IsServed($"/run/wireguard/{name}.sock") && Native.Run("wg", "show", name).ExitCode == 0;

    /// <summary>Whether somebody listens.</summary>
    public static bool IsServed(string path)
    {
        using var knock = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            knock.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
