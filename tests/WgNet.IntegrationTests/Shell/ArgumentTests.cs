using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Shell;

/// <summary>A script's arguments bind as pwsh -File binds them.</summary>
public sealed class ArgumentTests : IDisposable
{
    private const string Text = """
        param([Parameter(Position = 0)] [string] $Task = 'none', [switch] $Keep, [string] $Name)
        "$Task $Keep <$Name> $args"
        """;

    private readonly ShellRun _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("none False <>")]
    [InlineData("Lab True <>", "Lab", "-Keep")]
    [InlineData("Lab True <x y>", "-Keep", "-Name", "x y", "Lab")]
    [InlineData("none False <a:b>", "-Name:a:b", "-Keep:$false")]
    [InlineData("none False <b>", "-Name:", "b")]
    [InlineData("-1 False <>", "-1")]
    [InlineData("$HOME False <>", "$HOME")]
    public void Bind(string expected, params string[] arguments)
    {
        string script = _shell.Script(Text);
        Assert.Equal(expected, Native.Succeed(BuiltModule.Shell, [script, .. arguments]).TrimEnd());
        Assert.Equal(expected, Native.Succeed(BuiltModule.Shell, ["-NoProfile", "-NonInteractive", "-File", script, .. arguments]).TrimEnd());
    }

    [Fact]
    public void OneThatDoesNotBindIsAnError()
    {
        NativeResult result = ShellRun.Run(_shell.Script("[CmdletBinding()] param() 'ran'"), "-Bogus");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'Bogus'", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void AScriptKnowsWhereItIs()
    {
        string script = _shell.Script("$PSCommandPath; $PSScriptRoot");
        Assert.Equal([script, Path.GetDirectoryName(script)], Native.Succeed(BuiltModule.Shell, script).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void ACommandTakesAllThatFollows() => Assert.Equal("1 -Keep", Native.Succeed(BuiltModule.Shell, "-c", "\"$(1)", "-Keep\"").TrimEnd());

    [Fact]
    public void ACommandIsReadFromStandardInput()
    {
        using Daemon shell = ShellRun.Start("-Command", "-");
        shell.Send("if ($true) {\n'from input'\n}\nexit 9\n");
        shell.EndInput();
        NativeResult result = shell.Finish();
        Assert.Equal("from input", result.Output.TrimEnd());
        Assert.Equal(9, result.ExitCode);
    }

    /// <summary>What is to limit a session must not be passed over where there is none to limit.</summary>
    [Theory]
    [InlineData("-Command", "1")]
    [InlineData("-sshs", "-Command", "1")]
    [InlineData("-NoProfile")]
    public void ALimitThatWouldBeIgnoredIsRefused(params string[] more)
    {
        NativeResult result = Native.Run(BuiltModule.Shell, ["-ConfigurationFile", Path.Combine(BuiltModule.Folder, "roles", "viewer.pssc"), .. more]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith("-ConfigurationFile limits remote sessions: it needs -SSHServerMode.", result.Error, StringComparison.Ordinal);
    }
}
