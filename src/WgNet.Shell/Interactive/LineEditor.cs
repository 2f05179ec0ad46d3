using System.Management.Automation;
using System.Text;

namespace WgNet.Shell;

/// <summary>
/// A line at the terminal: cursor keys, history, Tab to complete, the usual control keys. The terminal wraps long lines, and
/// the whole line is drawn anew after each key.
/// </summary>
internal sealed class LineEditor(Func<string, int, CommandCompletion> complete)
{
    private readonly List<string> _history = [];
    private readonly StringBuilder _text = new();
    private string _prompt = "";
    private int _cursor;
    private int _drawnRow;
    private CommandCompletion? _completion;

    public void Remember(string text)
    {
        if (_history.Count == 0 || _history[^1] != text)
            _history.Add(text);
    }

    /// <summary>The line typed; empty after Ctrl+C; null after Ctrl+D on an empty line.</summary>
    public string? Read(string prompt)
    {
        (_prompt, _cursor, _drawnRow, _completion) = (prompt, 0, 0, null);
        _text.Clear();
        int recalled = _history.Count;
        bool before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                Draw();
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                if (key.Key != ConsoleKey.Tab)
                    _completion = null;
                bool control = (key.Modifiers & ConsoleModifiers.Control) != 0;

                // Between two keys the terminal is in its own mode, and makes a line feed of what was typed ahead.
                switch (key.KeyChar is '\r' or '\n' ? ConsoleKey.Enter : key.Key)
                {
                    case ConsoleKey.Enter:
                        Finish("");
                        return _text.ToString();
                    case ConsoleKey.C when control:
                        Finish("^C");
                        return "";
                    case ConsoleKey.D when control && _text.Length == 0:
                        Finish("");
                        return null;
                    case ConsoleKey.UpArrow when recalled > 0:
                        Replace(_history[--recalled]);
                        break;
                    case ConsoleKey.DownArrow when recalled < _history.Count:
                        Replace(++recalled < _history.Count ? _history[recalled] : "");
                        break;
                    case ConsoleKey.Tab:
                        Complete(forward: (key.Modifiers & ConsoleModifiers.Shift) == 0);
                        break;
                    default:
                        Edit(key, control);
                        break;
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = before;
        }
    }

    private void Edit(ConsoleKeyInfo key, bool control)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow or ConsoleKey.RightArrow when control:
                _cursor = key.Key == ConsoleKey.LeftArrow ? WordStart() : WordEnd();
                break;
            case ConsoleKey.LeftArrow:
                _cursor = Math.Max(0, _cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                _cursor = Math.Min(_text.Length, _cursor + 1);
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                _cursor = 0;
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                _cursor = _text.Length;
                break;
            case ConsoleKey.Backspace when _cursor > 0:
                _text.Remove(--_cursor, 1);
                break;
            case ConsoleKey.Delete when _cursor < _text.Length:
            case ConsoleKey.D when control && _cursor < _text.Length:
                _text.Remove(_cursor, 1);
                break;
            case ConsoleKey.K when control:
                _text.Length = _cursor;
                break;
            case ConsoleKey.U when control:
                Cut(0);
                break;
            case ConsoleKey.W when control:
                Cut(WordStart());
                break;
            case ConsoleKey.L when control:
                Console.Write("\e[2J\e[H");
                _drawnRow = 0;
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    _text.Insert(_cursor++, key.KeyChar);
                break;
        }
    }

    private void Replace(string text)
    {
        _text.Clear().Append(text);
        _cursor = _text.Length;
    }

    private void Cut(int start)
    {
        _text.Remove(start, _cursor - start);
        _cursor = start;
    }

    private int WordStart()
    {
        int at = _cursor;
        while (at > 0 && _text[at - 1] == ' ')
            at--;
        while (at > 0 && _text[at - 1] != ' ')
            at--;
        return at;
    }

    private int WordEnd()
    {
        int at = _cursor;
        while (at < _text.Length && _text[at] == ' ')
            at++;
        while (at < _text.Length && _text[at] != ' ')
            at++;
        return at;
    }

    // Tab after Tab goes through the candidates, each in place of the one before.
    private void Complete(bool forward)
    {
        _completion ??= complete(_text.ToString(), _cursor);
        if (_completion.GetNextResult(forward) is not { } chosen)
            return;
        _text.Remove(_completion.ReplacementIndex, _completion.ReplacementLength).Insert(_completion.ReplacementIndex, chosen.CompletionText);
        _completion.ReplacementLength = chosen.CompletionText.Length;
        _cursor = _completion.ReplacementIndex + chosen.CompletionText.Length;
    }

    private void Draw()
    {
        int width = Console.WindowWidth > 1 ? Console.WindowWidth : 80;
        string shown = _prompt + _text.ToString().Replace('\n', ' ');
        int cursor = _prompt.Length + _cursor;
        var output = new StringBuilder();
        if (_drawnRow > 0)
            output.Append($"\e[{_drawnRow}A");
        output.Append("\r\e[J").Append(shown);

        // A line that fills its last row leaves the cursor hanging there: the space takes it to the next.
        if (shown.Length > 0 && shown.Length % width == 0)
            output.Append(" \r");
        int lastRow = shown.Length / width;
        int row = cursor / width;
        if (lastRow > row)
            output.Append($"\e[{lastRow - row}A");
        output.Append('\r');
        if (cursor % width > 0)
            output.Append($"\e[{cursor % width}C");
        _drawnRow = row;
        Console.Write(output.ToString());
    }

    private void Finish(string mark)
    {
        _cursor = _text.Length;
        Draw();
        Console.Write(mark + "\r\n");
    }
}
