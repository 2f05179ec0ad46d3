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
        shell.Send("if ($true) {\r");
        shell.WaitForOutput(">> ");
        shell.Send("'over ' + 'lines' }\r");
        shell.WaitForOutput("over lines");

        shell.Send("Get-Comman\t");
        shell.WaitForOutput("Get-Command");
        shell.Send("\x15");

        shell.Send("$n = 41 + $n\r");
        shell.Send("\e[A\r");
        shell.Send("\"n is $n\"\r");
        shell.WaitForOutput("n is 82");
        shell.Send("\x04");
        Assert.Equal(0, shell.Finish().ExitCode);
    }
}
