using System.Net.Sockets;
using System.Text;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>
/// Listens on a real control socket and answers from a function: recorded replies, or the misbehaviour that a test is about.
/// A null answer is none at all; one that ends with <see cref="Close"/> is followed by the connection's end.
/// </summary>
internal sealed class ReplayDaemon : IDisposable
{
    public const string StatusReply = "1000-BIRD 2.0.12\n1011-Router ID is 10.0.0.1\n Hostname is test\n Current server time is 2026-11-22 15:48:10.000\n0013 Daemon is up and running\n";
    public const string Close = "(close)";
    public const string Welcome = "0001 BIRD 2.0.12 ready.\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-bird-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _open = [];
    private readonly List<string> _commands = [];
    private readonly Func<string, string?> _answer;
    private readonly string _greeting;
    private readonly int _piece;
    private readonly int _pause;

    /// <param name="answer">What it answers to a command.</param>
    /// <param name="greeting">What it says first.</param>
    /// <param name="piece">How many bytes it sends at a time.</param>
    /// <param name="pause">How many milliseconds it lets pass between two pieces.</param>
    public ReplayDaemon(Func<string, string?> answer, string greeting = Welcome, int piece = int.MaxValue, int pause = 0)
    {
        (_answer, _greeting, _piece, _pause) = (answer, greeting, piece, pause);
        ControlSocket = Path.Combine(_folder, "bird.ctl");
        _listener.Bind(new UnixDomainSocketEndPoint(ControlSocket));
        _listener.Listen();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public string ControlSocket { get; }

    /// <summary>Set when a client has gone away.</summary>
    public ManualResetEventSlim ClientGone { get; } = new();

    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_open)
                return [.. _commands];
        }
    }

    /// <summary>Answers with what was recorded; what was not recorded but is needed on the way gets a standard answer.</summary>
    public static ReplayDaemon Of(Transcript transcript, int piece = int.MaxValue) =>
        new(command => transcript.Reply(command) ?? (command == "show status" ? StatusReply : "9001 syntax error\n"), transcript.Greeting, piece);

    public BirdClient Client(double seconds = 10, Action<string>? unknown = null) =>
        new(ControlSocket, TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken) { UnknownLine = unknown };

    public BirdClient ClientStoppedBy(CancellationToken token) => new(ControlSocket, TimeSpan.FromSeconds(60), token);

    public void Dispose()
    {
        lock (_open)
        {
            _listener.Dispose();
            foreach (Socket socket in _open)
                socket.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.Accept();
                lock (_open)
                    _open.Add(socket);
                new Thread(() => Serve(socket)) { IsBackground = true }.Start();
            }
        }
        catch (Exception caught) when (caught is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Serve(Socket socket)
    {
        try
        {
            Send(socket, _greeting);
            using var stream = new NetworkStream(socket, ownsSocket: false);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (reader.ReadLine() is { } command)
            {
                lock (_open)
                    _commands.Add(command);
                string? answer = _answer(command);
                if (answer is null)
                    continue;
                bool close = answer.EndsWith(Close, StringComparison.Ordinal);
                Send(socket, close ? answer[..^Close.Length] : answer);
                if (close)
                    break;
            }
        }
        catch (Exception caught) when (caught is SocketException or IOException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }

        socket.Dispose();
        ClientGone.Set();
    }

    private void Send(Socket socket, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int at = 0; at < bytes.Length; at += Math.Min(_piece, bytes.Length - at))
        {
            if (_pause > 0)
                Thread.Sleep(_pause);
            socket.Send(bytes.AsSpan(at, Math.Min(_piece, bytes.Length - at)));
        }
    }
}
