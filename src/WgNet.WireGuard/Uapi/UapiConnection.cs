using System.Diagnostics;
using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.WireGuard.Uapi;

/// <summary>
/// A connection to the UAPI socket of a userspace device. Every wait looks at the token ten times a second and ends when the other end
/// has been silent for <see cref="Silence"/>.
/// </summary>
internal sealed class UapiConnection : IDisposable
{
    private const int LongestReply = 256 * 1024 * 1024, LongestLine = 16 * 1024, Chunk = 64 * 1024;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
    private readonly string _path;

    private UapiConnection(string path) => _path = path;

    /// <summary>How long the other end may say and take nothing.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Connects. Faults: "WgDeviceNotFound" (no such socket), "UapiStale" (nobody listens any more), "PermissionDenied".
    /// </summary>
    public static UapiConnection Open(string path, TimeSpan? silence, CancellationToken cancel)
    {
        var connection = silence is { } limit ? new UapiConnection(path) { Silence = limit } : new UapiConnection(path);
        try
        {
            connection.Connect(cancel);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> request, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        while (!request.IsEmpty)
        {
            int count = _socket.Send(request, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                request = request[count..];
                start = Stopwatch.GetTimestamp();
            }
            else if (error == SocketError.WouldBlock)
            {
                Wait(SelectMode.SelectWrite, start, cancel);
            }
            else
            {
                throw Closed();
            }
        }
    }

    /// <summary>Receives up to the blank line that ends a reply. Faults: "UapiClosed", "UapiTimeout", "UapiMalformed".</summary>
    public void Receive(UapiReply reply, CancellationToken cancel)
    {
        using var arrived = new SecretBuffer(Chunk);
        long start = Stopwatch.GetTimestamp(), total = 0;
        while (!reply.Ended)
        {
            int count = _socket.Receive(arrived.Room(LongestLine), SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                Wait(SelectMode.SelectRead, start, cancel);
                continue;
            }

            if (error != SocketError.Success || count == 0)
                throw Closed();
            arrived.Advance(count);
            arrived.Drop(reply.Take(arrived.Written));
            start = Stopwatch.GetTimestamp();
            total += count;
            if (total > LongestReply || arrived.Length > LongestLine)
                throw new FaultException("UapiMalformed", FaultKind.InvalidData, $"What {_path} sends has no end.", _path);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Connect(CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                _socket.Connect(new UnixDomainSocketEndPoint(_path));
                return;
            }
            catch (SocketException caught) when (caught.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // The daemon's queue is full (unix(7): EAGAIN); no event tells when there is room.
                cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(10));
                Check(start, cancel);
            }
            catch (SocketException caught)
            {
                throw Refused(caught);
            }
            catch (ArgumentException caught)
            {
                throw new FaultException("WgDeviceNotFound", FaultKind.InvalidArgument, $"'{_path}' is too long for a socket's path.", _path, caught);
            }
        }
    }

    private FaultException Refused(SocketException caught) => caught.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new FaultException("UapiStale", FaultKind.Connection,
            $"Nobody serves {_path} any more: its daemon was killed and left the file. Remove the tunnel, or the file, and make it anew.", _path, caught),
        SocketError.AccessDenied => new FaultException("PermissionDenied", FaultKind.PermissionDenied,
            $"May not connect to {_path}. {Capabilities.Advice(Capability.CAP_DAC_OVERRIDE)}", _path, caught),
        _ when !File.Exists(_path) => new FaultException("WgDeviceNotFound", FaultKind.NotFound,
            $"There is no UAPI socket {_path}: no userspace WireGuard device of that name runs.", _path, caught),
        _ => new FaultException("UapiRefused", FaultKind.Connection, $"Cannot connect to {_path}: {caught.Message}.", _path, caught),
    };

    private void Wait(SelectMode mode, long start, CancellationToken cancel)
    {
        if (!_socket.Poll(s_tick, mode))
            Check(start, cancel);
    }

    private void Check(long start, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(start) > Silence)
        {
            throw new FaultException("UapiTimeout", FaultKind.Timeout,
                $"{_path} did not answer within {Silence.TotalSeconds:0.#} s: its daemon is stopped or stuck.", _path);
        }
    }

    private FaultException Closed() => new("UapiClosed", FaultKind.Connection,
        $"{_path} closed the connection without an answer: its daemon ended, or does not understand the request.", _path);
}
