using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Shell;

/// <summary>What goes where: objects to standard output, everything about the run to standard error.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly ShellRun _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void ErrorsGoToStandardErrorWithTheirPlace()
    {
        string script = _shell.Script("'before'\nnosuchthing\n'after'");
        NativeResult result = ShellRun.Run(script);
        Assert.Equal("before\nafter\n", result.Output);
        Assert.Contains($"nosuchthing: {script}:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("is not recognized", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Error);
    }

    [Fact]
    public void AnErrorThatEndsTheScriptGoesThereToo()
    {
        NativeResult result = ShellRun.Run(_shell.Script("throw 'the last word'"));
        Assert.Empty(result.Output);
        Assert.Contains("the last word", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("the last word", result.Error.Replace("throw 'the last word'", "", StringComparison.Ordinal).Replace("| the last word", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void WarningsAndVerboseLinesStayOutOfTheOutput()
    {
        NativeResult result = ShellRun.Run("-c", "$Host.UI.WriteWarningLine('careful'); $Host.UI.WriteVerboseLine('by the way'); 'data'");
        Assert.Equal("data\n", result.Output);
        Assert.Equal("WARNING: careful\nVERBOSE: by the way\n", result.Error);
    }

    [Fact]
    public void ProgressIsForTerminals()
    {
        const string Command = "$Host.UI.WriteProgress(1, [System.Management.Automation.ProgressRecord]::new(1, 'Digging', 'deep')); 'done'";
        NativeResult result = ShellRun.Run("-c", Command);
        Assert.Equal("done\n", result.Output);
        Assert.Empty(result.Error);

        using Daemon shell = ShellRun.StartAtTerminal("-c", Command);
        string shown = shell.Finish().Output;
        Assert.Contains("Digging: deep", shown, StringComparison.Ordinal);
        Assert.True(shown.LastIndexOf("\e[2K", StringComparison.Ordinal) > shown.IndexOf("Digging", StringComparison.Ordinal), "the line is not erased");
    }

    [Fact]
    public void TablesListsAndStringsAreTheEngines()
    {
        const string One = "[pscustomobject] @{ Name = 'wg3'; Port = 5803 }";
        Assert.Equal("\nName Port\n---- ----\nwg3  5803\n\n", Native.Succeed(BuiltModule.Shell, "-c", $"{One} | Format-Table"));
        Assert.Equal("\nPort\n----\n5803\n\n", Native.Succeed(BuiltModule.Shell, "-c", $"{One} | Format-Table Port"));
        Assert.Equal("\nName : wg3\nPort : 5803\n\n", Native.Succeed(BuiltModule.Shell, "-c", $"{One} | Format-List"));
        Assert.Equal("4\n", Native.Succeed(BuiltModule.Shell, "-c", $"({One} | Out-String -Stream).Where({{ $_ }}).Count + 1"));
        Assert.Equal("20\n", Native.Succeed(BuiltModule.Shell, "-c", "([pscustomobject] @{ A = 'x' * 100 } | Out-String -Width 20).Split(\"`n\")[3].Length"));
    }

    [Fact]
    public void TablesFitEightyColumnsWithoutATerminalAndTheTerminalWithOne()
    {
        const string Command = "[pscustomobject] @{ A = 'x' * 200; B = 1 }";
        // The engine leaves the last column free.
        Assert.Equal(79, Native.Succeed(BuiltModule.Shell, "-c", Command).Split('\n').Max(line => line.Length));
        using Daemon shell = ShellRun.StartAtTerminal("-c", Command);
        Assert.Contains(shell.Finish().Output.Split('\n'), line => line.TrimEnd('\r').Length == 99);
    }

    [Fact]
    public void ANativeProgramGetsTheTerminal()
    {
        using Daemon shell = ShellRun.StartAtTerminal("-c", "bash -c 'test -t 0 && test -t 1 && test -t 2 && echo all three'");
        Assert.Contains("all three", shell.Finish().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NobodyToAskIsAnErrorAndNoHang()
    {
        NativeResult result = ShellRun.Run("-NonInteractive", "-c", "function f([Parameter(Mandatory)] $x) { 'ran' }; f");
        Assert.Equal(1, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain("ran", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", "done")]
    [InlineData("what\nN\n", "declined")]
    public void AQuestionIsAnswered(string answer, string expected)
    {
        const string Command = "function f { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() if ($PSCmdlet.ShouldProcess('x')) { 'done' } else { 'declined' } }; f";
        using Daemon shell = ShellRun.Start("-c", Command);
        shell.Send(answer);
        NativeResult result = shell.Finish();
        Assert.EndsWith($"{expected}\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }
}
