using WgNet.Netlink;

namespace WgNet.WireGuard.Uapi;

/// <summary>
/// A userspace device behind its UAPI socket. One connection serves every request; it is opened at the first, and again after a fault.
/// </summary>
/// <remarks>
/// Faults beside those of <see cref="IWgDevice"/>: "UapiStale", "UapiTimeout", "UapiClosed", "UapiMalformed", "UapiRefused". wireguard-go
/// acts line by line: a refused change stays done up to the line that it refused, and a refused listen port has cost the old socket.
/// </remarks>
internal sealed class UapiDevice(string path) : IWgDevice
{
    private UapiConnection? _connection;

    /// <summary>How long the daemon may be silent; null is the connection's own limit.</summary>
    public TimeSpan? Silence { get; init; }

    public WgDevice Read(CancellationToken cancel = default) => Read(null, cancel);

    public WgDevice Read(Action? meanwhile, CancellationToken cancel)
    {
        using var reply = new UapiDeviceReply();
        Exchange("get=1\n\n"u8, reply, meanwhile, cancel);
        return reply.Errno == 0 ? reply.Device() : throw Refused(reply.Errno, "read", null);
    }

    public void Apply(WgDeviceChange change, CancellationToken cancel = default)
    {
        using var request = new SecretBuffer();
        using var reply = new UapiErrnoReply();
        UapiWriter.Write(change, request);
        Exchange(request.Written, reply, null, cancel);
        if (reply.Errno != 0)
            throw Refused(reply.Errno, "change", change.ListenPort);
    }

    public void Dispose() => _connection?.Dispose();

    private void Exchange(ReadOnlySpan<byte> request, UapiReply reply, Action? meanwhile, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _connection ??= UapiConnection.Open(path, Silence, cancel);
        try
        {
            _connection.Send(request, cancel);
            meanwhile?.Invoke();
            _connection.Receive(reply, cancel);
        }
        catch
        {
            // What is still to come would be taken for the next answer.
            _connection.Dispose();
            _connection = null;
            throw;
        }
    }

    private FaultException Refused(int errno, string verb, ushort? port) => errno switch
    {
        Errno.EADDRINUSE => new FaultException("PortInUse", FaultKind.Unavailable,
            $"UDP port {port} is in use in the transport's namespace. The device has closed its old socket by now: set a port that is free.", port),
        Errno.EPERM or Errno.EACCES => new FaultException("PermissionDenied", FaultKind.PermissionDenied,
            $"The daemon behind {path} may not {verb} the device ({Errno.Name(errno)}).", path),
        _ => new FaultException("UapiRefused", FaultKind.InvalidArgument,
            $"The daemon behind {path} refused to {verb} the device: {Errno.Describe(errno)} ({Errno.Name(errno)}). What stood before the refused value may be done.", path),
    };
}
