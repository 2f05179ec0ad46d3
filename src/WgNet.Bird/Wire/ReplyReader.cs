using System.Buffers;

namespace WgNet.Bird;

/// <summary>
/// Cuts what the control socket says into lines as it arrives. The fifth character decides, not the code's class: "1007-text"
/// has more to come, "0000 text" is a reply's last line, " text" continues the code before it (BIRD: nest/cli.c).
/// Works in one pooled buffer, so that a reply of a million routes costs no more memory than its longest line.
/// </summary>
internal sealed class ReplyReader(IByteSource source) : IDisposable
{
    /// <summary>BIRD's own lines end below 512 bytes; anything near this is not BIRD.</summary>
    public const int LongestLine = 1 << 20;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private int _code = -1;

    /// <summary>Reads the next line of any kind. False: the other end has closed, at a line's end or within one.</summary>
    public bool Read(out ReplyLine line)
    {
        int length;
        int searched = 0;
        bool waiting = false;
        while ((length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n')) < 0)
        {
            // From here, and not from the line before: the time that the caller takes between two lines is not the other end's.
            if (!waiting)
                source.BeginLine();
            waiting = true;
            searched = _end - _start;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }

        ReadOnlySpan<byte> text = _buffer.AsSpan(_start, searched + length);
        _start += text.Length + 1;
        line = Frame(text);
        return true;
    }

    public void Dispose()
    {
        byte[] buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        _start = _end = 0;
    }

    private ReplyLine Frame(ReadOnlySpan<byte> text)
    {
        if (text.Length >= 5 && text[4] is (byte)'-' or (byte)' ' && TryCode(text, out int code))
        {
            bool last = text[4] == ' ';
            _code = last ? -1 : code;
            return new ReplyLine(ReplyLineKind.Reply, code, last, text[5..]);
        }

        if (!text.IsEmpty && text[0] == ' ' && _code >= 0)
            return new ReplyLine(ReplyLineKind.Reply, _code, false, text[1..]);
        if (!text.IsEmpty && text[0] == '+')
            return new ReplyLine(ReplyLineKind.Log, -1, false, text[1..]);
        return new ReplyLine(ReplyLineKind.Unframed, -1, false, text);
    }

    private static bool TryCode(ReadOnlySpan<byte> text, out int code)
    {
        code = 0;
        foreach (byte digit in text[..4])
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            code = code * 10 + digit - '0';
        }

        return true;
    }

    private bool Fill()
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Grow();
        int count = source.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }

    private void Grow()
    {
        if (_end >= LongestLine)
        {
            throw new FaultException("BirdInvalidReply", FaultKind.InvalidData,
                $"The answer has a line of more than {LongestLine} bytes, which BIRD never writes: this is not BIRD's control socket. Check -ControlSocket.");
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
