using System.Management.Automation;
using System.Management.Automation.Host;

namespace WgNet.Shell;

/// <summary>
/// Standard output and standard error as one screen: many threads write, the progress line stays out of the way of the
/// text, and colours go to terminals only.
/// </summary>
internal sealed class Screen
{
    /// <summary>Columns where there is no terminal to ask; what pwsh falls back to on Linux.</summary>
    private const int DefaultWidth = 80;
    private const int DefaultHeight = 24;

    private readonly Lock _gate = new();
    private readonly ProgressLine _progress = new();

    public Screen()
    {
        bool colours = Environment.GetEnvironmentVariable("TERM") != "dumb" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        HasTerminal = !Console.IsOutputRedirected;
        OutputColours = colours && HasTerminal;
        ErrorColours = colours && !Console.IsErrorRedirected;
        ShowsProgress = ErrorColours;
    }

    public bool HasTerminal { get; }

    public bool OutputColours { get; }

    public bool ErrorColours { get; }

    private bool ShowsProgress { get; }

    public int Width => HasTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;

    public int Height => HasTerminal && Console.WindowHeight > 0 ? Console.WindowHeight : DefaultHeight;

    /// <summary>Text as it is, to standard output.</summary>
    public void Write(string text) => Emit(Console.Out, OutputColours, text);

    /// <summary>Text to standard error.</summary>
    public void WriteError(string text) => Emit(Console.Error, ErrorColours, text);

    /// <summary>A line to standard error in a colour, where there are colours.</summary>
    public void WriteNotice(string escape, string text) =>
        WriteError(ErrorColours ? $"{escape}{text}\e[0m\n" : $"{text}\n");

    public void WriteProgress(ProgressRecord record)
    {
        if (!ShowsProgress)
            return;
        lock (_gate)
            Console.Error.Write(_progress.Update(record, Math.Max(20, Width)));
    }

    /// <summary>Gives the terminal to somebody else: a native program, a prompt.</summary>
    public void Clear()
    {
        lock (_gate)
            Console.Error.Write(_progress.Erase());
    }

    private void Emit(TextWriter writer, bool colours, string text)
    {
        string shown = colours ? text : PSHostUserInterface.GetOutputString(text, supportsVirtualTerminal: false);
        lock (_gate)
        {
            string erase = _progress.Erase();
            if (erase.Length > 0)
                Console.Error.Write(erase);
            writer.Write(shown);
        }
    }
}
