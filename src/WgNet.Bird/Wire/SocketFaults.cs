using System.Net.Sockets;

namespace WgNet.Bird;

/// <summary>What can go wrong with the control socket itself, each with what to do next.</summary>
internal static class SocketFaults
{
    public static FaultException Connecting(string path, SocketException caught) => caught.SocketErrorCode switch
    {
        // errno ENOENT and ENOTDIR have no socket error of their own: the file system is asked instead.
        SocketError.ConnectionRefused => Refused(path, caught),
        SocketError.AccessDenied => Denied(path, caught),
        _ when !File.Exists(path) => new FaultException("BirdSocketNotFound", FaultKind.NotFound,
            $"There is no control socket '{path}'. Start BIRD, or name the path that it was started with (bird -s PATH) with -ControlSocket.", path, caught),
        _ => new FaultException("BirdConnectionFailed", FaultKind.Connection, $"Cannot connect to BIRD at '{path}': {caught.Message}.", path, caught),
    };

    public static FaultException NoAnswer(string path, string awaited, TimeSpan limit, Exception? caught = null) => new("BirdTimeout", FaultKind.Timeout,
        $"BIRD at '{path}' did not {awaited} within {limit.TotalSeconds:0.###} s. The daemon is stopped, overloaded, or has no reply to this: "
        + "look at its process and its log, or wait longer with -ResponseTimeout.", path, caught);

    public static FaultException Unended(string path, string awaited, TimeSpan limit, Exception? caught = null) => new("BirdTimeout", FaultKind.Timeout,
        $"BIRD at '{path}' did not end a line within {limit.TotalSeconds:0.###} s when it was to {awaited}. The daemon is stopped or overloaded, or this is not BIRD: "
        + "look at its process and its log, or wait longer with -ResponseTimeout.", path, caught);

    public static FaultException Closed(string path, string awaited, Exception? caught = null) => new("BirdConnectionClosed", FaultKind.Connection,
        $"BIRD at '{path}' closed the connection when it was to {awaited}: it was stopped or restarted. Look at its log, and ask again.", path, caught);

    private static FaultException Refused(string path, Exception caught) => new("BirdConnectionRefused", FaultKind.Connection,
        $"Nobody listens on '{path}': the socket was left by a BIRD that has ended, or the path is no socket. Start BIRD, or check -ControlSocket.", path, caught);

    private static FaultException Denied(string path, Exception caught) => new("BirdPermissionDenied", FaultKind.PermissionDenied,
        $"May not use the control socket '{path}': run as root or as a member of the group that owns it (on Debian: bird).", path, caught);
}
