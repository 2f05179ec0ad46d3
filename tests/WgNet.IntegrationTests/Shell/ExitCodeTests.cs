using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Shell;

/// <summary>Exit codes, each as pwsh 7.6 gives it.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly ShellRun _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("function f { exit 7 }; f; 'not reached'", 7)]
    [InlineData("throw 'boom'", 1)]
    [InlineData("[int] 'x'; 'after'", 0)]
    [InlineData("bash -c 'exit 5'", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; nosuchthing; 'not reached'", 1)]
    [InlineData("if (", 1)]
    [InlineData("try { exit 4 } finally { 1 }", 4)]
    public void OfAScript(string text, int code)
    {
        NativeResult result = ShellRun.Run(_shell.Script(text));
        Assert.Equal(code, result.ExitCode);
        Assert.DoesNotContain("not reached", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 4", 4)]
    [InlineData("nosuchthing", 1)]
    [InlineData("nosuchthing; 'fine again'", 0)]
    [InlineData("throw 'boom'", 1)]
    [InlineData("bash -c 'exit 5'", 1)]
    [InlineData("bash -c 'exit 5'; exit $LASTEXITCODE", 5)]
    [InlineData("if (", 1)]
    public void OfACommand(string text, int code) => Assert.Equal(code, ShellRun.Run("-NoProfile", "-Command", text).ExitCode);

    [Theory]
    [InlineData("nosuch.ps1")]
    [InlineData("-File")]
    [InlineData("-Command")]
    [InlineData("-Bogus")]
    [InlineData("/etc/hostname")]
    public void OfArgumentsThatMakeNoSense(string argument)
    {
        NativeResult result = ShellRun.Run(argument);
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("Usage:", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void VersionAndHelpSucceed()
    {
        Assert.StartsWith("WgNet.Shell ", Native.Succeed(BuiltModule.Shell, "-Version"), StringComparison.Ordinal);
        Assert.StartsWith("Usage:", Native.Succeed(BuiltModule.Shell, "--help"), StringComparison.Ordinal);
    }

    [Fact]
    public void OfTheBuildWithoutRoot()
    {
        Requires.Root();
        // In a user namespace of its own, a process of root's owns root's files and is nobody to the kernel.
        NativeResult result = Native.Run("unshare", "--user", BuiltModule.Shell, Path.Combine(BuiltModule.Root, "build.ps1"), "Lab");
        Assert.SkipWhen(result.Error.Contains("unshare failed", StringComparison.Ordinal), "user namespaces are not allowed here");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("needs root", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
