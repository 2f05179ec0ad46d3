using System.Net.Sockets;

namespace WgNet.IntegrationTests.Support;

/// <summary>A daemon's socket, seen from outside.</summary>
internal static class UnixSocket
{
    /// <summary>Whether somebody listens. Unlike this, `wg` removes a socket that refuses it, and one that is bound does so until it listens.</summary>
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
