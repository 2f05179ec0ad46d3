using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Shell;

/// <summary>The interactive prompt without a terminal.</summary>
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
}
