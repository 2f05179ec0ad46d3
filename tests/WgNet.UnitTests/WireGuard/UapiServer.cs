using System.Net.Sockets;

namespace WgNet.UnitTests.WireGuard;

/// <summary>A UAPI socket whose other end does what a test says.</summary>
internal sealed class UapiServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-uapi-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    /// <param name="serve">Serves one connection; the token is cancelled when the test ends.</param>
    public UapiServer(Func<Socket, CancellationToken, Task> serve)
    {
        Path = System.IO.Path.Combine(_folder, "wg0.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
        _serving = Task.Run(async () =>
        {
            while (true)
            {
                using Socket connection = await _listener.AcceptAsync(_end.Token);
                Connections++;
                try
                {
                    await serve(connection, _end.Token);
                }
                catch (SocketException)
                {
                    // The client went away with something unread; the next one is served.
                }
            }
        });
    }

    public string Path { get; }

    public int Connections { get; private set; }

    /// <summary>Stops listening and leaves the file, as a killed daemon does.</summary>
    public void Kill()
    {
        // The class library removes the file of a socket that it closes.
        File.Move(Path, Path + ".kept");

        // A program that another test starts has it too for a moment: that is to refuse as well.
        _listener.Shutdown(SocketShutdown.Both);
        _listener.Dispose();
        File.Move(Path + ".kept", Path);
    }

    /// <summary>Reads a request up to its blank line.</summary>
    public static async Task<string> ReadRequest(Socket connection, CancellationToken end)
    {
        var text = new System.Text.StringBuilder();
        byte[] buffer = new byte[4096];
        while (!text.ToString().EndsWith("\n\n", StringComparison.Ordinal))
        {
            int count = await connection.ReceiveAsync(buffer, end);
            if (count == 0)
                break;
            text.Append(System.Text.Encoding.ASCII.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        try
        {
            _serving.GetAwaiter().GetResult();
        }
        catch (Exception caught) when (caught is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // How serving ends.
        }

        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
