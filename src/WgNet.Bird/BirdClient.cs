using System.Text;

namespace WgNet.Bird;

/// <summary>
/// Talks to one BIRD. Opens the control socket when first asked, keeps it for the next command, and opens it anew after a
/// reply that was not read to its end. What can be asked stands beside each concept, as extension methods.
/// </summary>
public sealed class BirdClient : IDisposable
{
    private readonly CancellationToken _token;
    private BirdConnection? _connection;

    /// <param name="controlSocket">Path of the daemon's control socket.</param>
    /// <param name="timeLimit">How long each wait for the daemon may last.</param>
    /// <param name="token">Ends every wait at once, with <see cref="OperationCanceledException"/>.</param>
    public BirdClient(string controlSocket, TimeSpan timeLimit, CancellationToken token = default)
    {
        ControlSocket = controlSocket;
        TimeLimit = timeLimit;
        _token = token;
    }

    /// <summary>Where Debian's package listens.</summary>
    public const string DefaultControlSocket = "/run/bird/bird.ctl";

    public string ControlSocket { get; }

    public TimeSpan TimeLimit { get; }

    /// <summary>Gives up the right to change anything before the first command (restrict): BIRD itself then refuses what changes.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Leaves the forms of times as the operator configured them, for replies that are shown as they come.</summary>
    public bool KeepTimeFormat { get; init; }

    /// <summary>Told of each line that no parser knows and that belongs to no object.</summary>
    public Action<string>? UnknownLine { get; init; }

    /// <summary>Sends one command and yields the lines of its reply as they arrive, whatever they are.</summary>
    /// <exception cref="BirdException">BIRD refuses the command.</exception>
    public IEnumerable<BirdReplyLine> Run(string command)
    {
        BirdConnection connection = Ask(command);
        try
        {
            while (ReadLine(connection) is { } line)
                yield return line;
        }
        finally
        {
            Release();
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Sends a command; the caller reads its reply.</summary>
    internal BirdConnection Ask(string command)
    {
        if (_connection is { IsIdle: false })
            Dispose();
        Connect().Send(command);
        return _connection!;
    }

    /// <summary>Opens the conversation if it is not open, so that what the daemon can is known.</summary>
    internal BirdConnection Connect()
    {
        if (_connection is not null)
            return _connection;
        BirdConnection opened = BirdConnection.Open(ControlSocket, TimeLimit, _token);
        try
        {
            if (!KeepTimeFormat)
                opened.AskForWholeTimes();
            if (ReadOnly)
                opened.Restrict();
            return _connection = opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Ends the conversation when a reply was left half read, so that BIRD stops sending.</summary>
    internal void Release()
    {
        if (_connection is { IsIdle: false })
            Dispose();
    }

    internal void Unknown(ReadOnlySpan<byte> line) => UnknownLine?.Invoke(Encoding.UTF8.GetString(line));

    internal void Unknown(string line) => UnknownLine?.Invoke(line);

    private BirdReplyLine? ReadLine(BirdConnection connection)
    {
        if (!connection.Read(out ReplyLine line))
            return null;
        string text = Encoding.UTF8.GetString(line.Text);
        return new BirdReplyLine { Code = line.Code, Text = line.Kind == ReplyLineKind.Log ? "+" + text : text, ControlSocket = ControlSocket };
    }
}
