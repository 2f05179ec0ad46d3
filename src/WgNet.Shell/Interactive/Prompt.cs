using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace WgNet.Shell;

/// <summary>Reads commands and runs them until <c>exit</c> or the end of input. Ctrl+C stops what runs and nothing else.</summary>
internal sealed class Prompt(ShellSession session)
{
    private readonly LineEditor? _editor = Console.IsInputRedirected || Console.IsOutputRedirected ? null : new LineEditor(session.Complete);

    public int Run()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            session.Stop();
        });
        if (_editor is not null)
            session.Host.Screen.Write($"{EngineState.VersionText}\nPowerShell's core cmdlets and .NET. 'Get-Command' lists what there is, 'exit' leaves.\n\n");

        while (ReadCommand() is { } text)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            session.Show(new Command(text, isScript: true, useLocalScope: false));
            if (session.Host.ExitRequest is { } code)
                return code;
        }

        return ExitCodes.Success;
    }

    /// <summary>One whole command, over as many lines as it takes; null at the end of input.</summary>
    private string? ReadCommand()
    {
        string? line = ReadLine(PromptText());
        string? text = line;
        while (line is not null && IsIncomplete(text!))
        {
            line = ReadLine(">> ");
            if (line is null && _editor is null)
                break;
            if (line is null)
                return "";
            text += "\n" + line;
        }

        if (!string.IsNullOrWhiteSpace(text))
            _editor?.Remember(text);
        return text;
    }

    /// <summary>A line, or null when there is none any more; Ctrl+C while typing gives an empty one.</summary>
    private string? ReadLine(string prompt) => _editor is null ? Console.In.ReadLine() : _editor.Read(prompt);

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }

    private string PromptText()
    {
        if (_editor is null)
            return "";
        try
        {
            return session.Ask<string>("prompt") ?? "PS> ";
        }
        catch (System.Management.Automation.RuntimeException)
        {
            return "PS> ";
        }
    }
}
