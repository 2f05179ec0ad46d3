using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Shell;

/// <summary>The interactive prompt, at a terminal and without one.</summary>
public sealed class PromptTests
{
    [Fact]
    public void CommandsComeFromInputThatIsNoTerminal()
    {
        using Daemon shell = ShellRun.Start();
        shell.Send("1 + 1\nif ($true) {\n'over lines'\n}\nnosuchthing\nexit 6\n'not reached'\n");
        NativeResult result = shell.Finish();
        Assert.Equal("2\nover lines\n", result.Output);
        Assert.Contains("nosuchthing", result.Error, StringComparison.Ordinal);
        Assert.Equal(6, result.ExitCode);
    }

    [Fact]
    public void TheEndOfInputLeaves()
    {
        using Daemon shell = ShellRun.Start();
        shell.Send("'last'\n");
        shell.EndInput();
        NativeResult result = shell.Finish();
        Assert.Equal("last\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void ATerminalHasHistoryCompletionAndCommandsOverLines()
    {
        using Daemon shell = ShellRun.StartAtTerminal();
        shell.WaitForOutput("PS ");
        Type(shell, "if ($true) {\r", ">> ");
        Type(shell, "'over ' + 'lines' }\r", "over lines", "PS ");
        Type(shell, "Get-Comman\t", "Get-Command");
        Type(shell, "\x15", "\e[J");
        Type(shell, "$n = 41 + $n\r", "\n", "PS ");
        Type(shell, "\e[A\r", "\n", "PS ");
        Type(shell, "\"n is $n\"\r", "n is 82", "PS ");
        shell.Send("\x04");
        Assert.Equal(0, shell.Finish().ExitCode);
    }

    // Types as a person does, who looks at what came: between keys the terminal is in its own mode and edits the line itself.
    private static void Type(Daemon shell, string keys, params string[] seen)
    {
        int from = shell.Output.Length;
        shell.Send(keys);
        foreach (string text in seen)
        {
            shell.WaitForOutput(text, from);
            from = shell.Output.IndexOf(text, from, StringComparison.Ordinal) + text.Length;
        }
    }
}
