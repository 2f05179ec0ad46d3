using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Shell;

/// <summary>Ctrl+C and its relatives.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly ShellRun _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void ASignalRunsFinallyBlocksAndTellsItsNumber(string signal, int code)
    {
        using Daemon shell = ShellRun.Start(_shell.Script("""
            try { $Host.UI.WriteLine('running'); while ($true) { [Threading.Thread]::Sleep(10) } }
            finally { $Host.UI.WriteLine('cleaned') }
            """));
        shell.WaitForOutput("running");
        shell.Signal(signal);
        NativeResult result = shell.Finish();
        Assert.Equal(code, result.ExitCode);
        Assert.Contains("cleaned", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void ASecondOneWhileCleaningUpChangesNothing()
    {
        string go = _shell.PathOf("go");
        using Daemon shell = ShellRun.Start(_shell.Script($$"""
            try { $Host.UI.WriteLine('running'); while ($true) { [Threading.Thread]::Sleep(10) } }
            finally {
                $Host.UI.WriteLine('cleaning')
                while (-not [IO.File]::Exists('{{go}}')) { [Threading.Thread]::Sleep(10) }
                $Host.UI.WriteLine('cleaned')
            }
            """));
        shell.WaitForOutput("running");
        shell.Signal("INT");
        shell.WaitForOutput("cleaning");
        shell.Signal("INT");
        shell.Signal("INT");
        File.WriteAllText(go, "");
        NativeResult result = shell.Finish();
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("cleaned", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CtrlCAtTheTerminalStopsANativeProgramAndItsScript()
    {
        using Daemon shell = ShellRun.StartAtTerminal(_shell.Script("""
            try { bash -c 'echo running; exec sleep 1000'; 'not reached' }
            finally { $Host.UI.WriteLine('cleaned') }
            """));
        shell.WaitForOutput("running");
        shell.Send("\x03");
        NativeResult result = shell.Finish();
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("cleaned", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CtrlCStopsAPipelineOfThePromptAndNotThePrompt()
    {
        using Daemon shell = ShellRun.StartAtTerminal();
        shell.WaitForOutput("PS ");
        // The text in two parts: the terminal shows what is typed, too.
        shell.Send("$Host.UI.WriteLine('runn' + 'ing'); while ($true) { [Threading.Thread]::Sleep(10) }\r");
        shell.WaitForOutput("running");
        int from = shell.Output.Length;
        shell.Send("\x03");
        shell.WaitForOutput("PS ", from);
        shell.Send("'still ' + 'here'\r");
        shell.WaitForOutput("still here");
        shell.Send("exit 5\r");
        Assert.Equal(5, shell.Finish().ExitCode);
    }
}
