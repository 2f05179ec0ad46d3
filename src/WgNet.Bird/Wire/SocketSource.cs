using System.Net.Sockets;
using System.Text;

namespace WgNet.Bird;

/// <summary>
/// The control socket: a Unix stream. Every wait for a line has a time limit, however its bytes trickle, and ends at once
/// when the token is cancelled: the socket is shut down under it, since a blocked read knows no token. A reply may take as
/// long as it likes, line by line.
/// </summary>
internal sealed class SocketSource : IByteSource, IDisposable
{
    // sun_path holds 108 bytes with its closing NUL (unix(7)).
    private const int LongestPath = 107;

    private readonly Socket _socket;
    private readonly string _path;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _token;
    private readonly CancellationTokenRegistration _registration;
    private readonly int _patience;
    private long _lineBegan;
    private bool _withinLine;

    private SocketSource(Socket socket, string path, TimeSpan limit, CancellationToken token)
    {
        (_socket, _path, _limit, _token) = (socket, path, limit, token);
        _patience = Math.Max(1, (int)Math.Min(limit.TotalMilliseconds, int.MaxValue));
        socket.ReceiveTimeout = socket.SendTimeout = _patience;
        _registration = token.Register(static state => ShutDown((Socket)state!), socket);
    }

    /// <summary>What is being waited for, for the message when it does not come: "greet", "answer 'show status'".</summary>
    public string Awaited { get; set; } = "greet";

    public static SocketSource Connect(string path, TimeSpan limit, CancellationToken token)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            throw new FaultException("BirdSocketPathTooLong", FaultKind.InvalidArgument,
                $"The path '{path}' is longer than the {LongestPath} bytes that a Unix socket's address holds: use a shorter path, or a link to it.", path);
        }

        // A full backlog blocks connect(2), which no token ends: try in slices.
        long started = Environment.TickCount64;
        while (true)
        {
            token.ThrowIfCancellationRequested();
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendTimeout = 200 };
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return new SocketSource(socket, path, limit, token);
            }
            catch (SocketException caught) when (caught.SocketErrorCode is SocketError.WouldBlock or SocketError.TimedOut or SocketError.TryAgain)
            {
                socket.Dispose();
                if (Environment.TickCount64 - started >= limit.TotalMilliseconds)
                    throw SocketFaults.NoAnswer(path, "take the connection", limit, caught);
            }
            catch (SocketException caught)
            {
                socket.Dispose();
                throw SocketFaults.Connecting(path, caught);
            }
        }
    }

    public void BeginLine() => (_lineBegan, _withinLine) = (Environment.TickCount64, false);

    public int Read(Span<byte> buffer)
    {
        try
        {
            int count = _withinLine ? ReadRest(buffer) : _socket.Receive(buffer);
            _withinLine = true;
            _token.ThrowIfCancellationRequested();
            return count;
        }
        catch (Exception caught) when (caught is SocketException or ObjectDisposedException)
        {
            throw Broken(caught);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[_socket.Send(bytes)..];
        }
        catch (Exception caught) when (caught is SocketException or ObjectDisposedException)
        {
            throw Broken(caught);
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _socket.Dispose();
    }

    // A line that has begun gets what is left of its time. That is rare: most lines end with the bytes that are waited for.
    private int ReadRest(Span<byte> buffer)
    {
        long left = _patience - (Environment.TickCount64 - _lineBegan);
        if (left <= 0)
            throw SocketFaults.Unended(_path, Awaited, _limit);
        _socket.ReceiveTimeout = (int)left;
        try
        {
            return _socket.Receive(buffer);
        }
        finally
        {
            _socket.ReceiveTimeout = _patience;
        }
    }

    private Exception Broken(Exception caught)
    {
        if (_token.IsCancellationRequested)
            return new OperationCanceledException("Stopped while waiting for BIRD.", caught, _token);
        if (caught is not SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
            return SocketFaults.Closed(_path, Awaited, caught);
        return _withinLine ? SocketFaults.Unended(_path, Awaited, _limit, caught) : SocketFaults.NoAnswer(_path, Awaited, _limit, caught);
    }

    private static void ShutDown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception caught) when (caught is SocketException or ObjectDisposedException)
        {
            // Closed by its owner, or by BIRD, in the same moment: that is what was wanted.
        }
    }
}
