using System.Text;

namespace WgNet.Bird;

/// <summary>
/// One conversation on the control socket: the greeting, then a command and its reply at a time. A reply that is left half
/// read ends the conversation, which stops BIRD's output too.
/// </summary>
internal sealed class BirdConnection : IDisposable
{
    // BIRD means to take lines of up to 4094 bytes (CLI_RX_BUF_SIZE, nest/cli.h), but reads its control socket into a buffer
    // of 1024 (rbsize, sysdep/unix/main.c), and takes a full one for the end of the connection.
    private const int LongestCommand = 1023;

    // More than this many lines without a code in one reply: the other end does not speak BIRD's protocol.
    private const int MostUnframedLines = 1000;

    private static readonly Version s_wholeTimes = new(2, 16);

    private readonly SocketSource _socket;
    private readonly ReplyReader _reader;
    private string _command = "";
    private bool _replying;
    private bool _broken;
    private int _unframed;

    private BirdConnection(string path, SocketSource socket)
    {
        Path = path;
        _socket = socket;
        _reader = new ReplyReader(socket);
    }

    public string Path { get; }

    /// <summary>The daemon's version as it greets: "2.0.12"; empty where it does not say.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Whether all times of this conversation come with their dates.</summary>
    public bool HasWholeTimes { get; private set; }

    /// <summary>Whether the last reply was read to its end, so that the next command may go out.</summary>
    public bool IsIdle => !_replying && !_broken;

    public static BirdConnection Open(string path, TimeSpan limit, CancellationToken token)
    {
        var connection = new BirdConnection(path, SocketSource.Connect(path, limit, token));
        try
        {
            connection.ReadGreeting(limit);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Asks for times with their dates, to the millisecond, for this conversation alone. BIRD knows that command from 2.16 on:
    /// an older one is not asked, so that nothing stands in its log.
    /// </summary>
    public void AskForWholeTimes()
    {
        if (!System.Version.TryParse(Version, out Version? version) || version < s_wholeTimes)
            return;
        try
        {
            Run("timeformat iso long ms");
            HasWholeTimes = true;
        }
        catch (BirdException refused) when (refused.Code >= ReplyCode.ParseError)
        {
            // A BIRD of another make: its short times will do.
        }
    }

    /// <summary>Gives up the right to change anything, for the rest of this conversation.</summary>
    public void Restrict() => Run("restrict");

    public void Send(string command)
    {
        byte[] bytes = Encode(command);
        _command = command;
        _socket.Awaited = $"answer '{command}'";
        _replying = true;
        _unframed = 0;
        _socket.Write(bytes);
    }

    /// <summary>
    /// The next line of the reply; false after its last one. A reply that ends in a refusal throws it here; an empty last
    /// line is the end only. Lines without a code are given as they come.
    /// </summary>
    public bool Read(out ReplyLine line)
    {
        if (!_replying)
        {
            line = default;
            return false;
        }

        Next(out line);
        if (!line.IsLast)
            return true;
        _replying = false;
        if (ReplyCode.IsRefusal(line.Code))
            throw Refusals.Of(Path, _command, line.Code, Encoding.UTF8.GetString(line.Text));
        return !line.Text.IsEmpty;
    }

    public void Dispose()
    {
        _broken = true;
        _socket.Dispose();
        _reader.Dispose();
    }

    private void Run(string command)
    {
        Send(command);
        while (Read(out _))
        {
            // Only its end matters.
        }
    }

    private void Next(out ReplyLine line)
    {
        try
        {
            if (!_reader.Read(out line))
                throw SocketFaults.Closed(Path, _socket.Awaited);
            if (line.Kind == ReplyLineKind.Unframed && ++_unframed > MostUnframedLines)
                throw NotBird();
        }
        catch
        {
            _broken = true;
            throw;
        }
    }

    private void ReadGreeting(TimeSpan limit)
    {
        // Another code is possible in front of the welcome; a line without one is not. A greeting without end is none.
        long began = Environment.TickCount64;
        do
        {
            Next(out ReplyLine line);
            if (line.Kind != ReplyLineKind.Reply)
                throw NotBird();
            if (line.IsLast && line.Code == ReplyCode.Welcome)
            {
                var words = new Words(Encoding.UTF8.GetString(line.Text));
                if (words.Next() is "BIRD")
                    Version = words.Next().ToString();
                return;
            }

            if (ReplyCode.IsRefusal(line.Code))
                throw Refusals.Of(Path, "connect", line.Code, Encoding.UTF8.GetString(line.Text));
        }
        while (Environment.TickCount64 - began < limit.TotalMilliseconds);
        throw SocketFaults.NoAnswer(Path, _socket.Awaited, limit);
    }

    // A line end in a command would be a second command.
    private static byte[] Encode(string command)
    {
        if (command.Any(char.IsControl))
        {
            throw new FaultException("BirdInvalidCommand", FaultKind.InvalidArgument,
                "A command for BIRD is one line: it may hold no line end and no other control character. Send several commands one after the other.", Printable(command));
        }

        byte[] bytes = Encoding.UTF8.GetBytes(command + "\n");
        return bytes.Length <= LongestCommand
            ? bytes
            : throw new FaultException("BirdCommandTooLong", FaultKind.InvalidArgument,
                $"The command has {bytes.Length - 1} bytes; BIRD reads at most {LongestCommand - 1} on a line.", Printable(command[..80]));
    }

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    private FaultException NotBird() => new("BirdInvalidReply", FaultKind.InvalidData,
        $"What answers at '{Path}' does not speak BIRD's protocol. Check -ControlSocket.", Path);
}
