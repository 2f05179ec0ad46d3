using WgNet.IntegrationTests.Shell;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Package;

/// <summary>On what it cannot run, the module says so in one sentence at its import, and loads nothing.</summary>
public sealed class PlatformTests : IDisposable
{
    private const string Import = """
        try { Import-Module $wgnet; 'imported' } catch { $_.FullyQualifiedErrorId.Split(',')[0]; "$($_.CategoryInfo.Category)"; "$($_.TargetObject)"; "$_" }
        @([AppDomain]::CurrentDomain.GetAssemblies()).Where({ $_.GetName().Name -match '^WgNet\.(?!Shell)' }).Count -gt 0
        @(Get-Module WgNet).Count
        """;

    private readonly ShellRun _shell = new();

    /// <summary>The identifier is .NET's own answer, which it takes from its host's properties: this process is told of another.</summary>
    [Theory]
    [InlineData("linux-musl-x64")]
    [InlineData("alpine.3.21-x64")]
    public void MuslIsRefused(string identifier)
    {
        string[] lines = Run(BuiltModule.Folder, $"[AppContext]::SetData('RUNTIME_IDENTIFIER', '{identifier}')");
        Assert.Equal(["PlatformNotSupported", "NotInstalled", "linux-musl-x64"], lines[..3]);
        Assert.StartsWith("WgNet does not run on linux-musl-x64. It runs on Linux with glibc (not musl, as Alpine has it), on x64 and arm64", lines[3], StringComparison.Ordinal);
        Assert.Equal(["False", "0"], lines[4..]);
    }

    /// <summary>The .NET of a distribution's own build names the distribution.</summary>
    [Fact]
    public void ADistributionsOwnDotNetIsServed() =>
        Assert.Equal(["imported", "True", "1"], Run(BuiltModule.Folder, "[AppContext]::SetData('RUNTIME_IDENTIFIER', 'debian.13-x64')"));

    [Fact]
    public void AnArchitectureThatThePackageLacksIsRefusedWithWhatItHas()
    {
        string copy = _shell.PathOf("WgNet");
        Native.Succeed("cp", "-r", BuiltModule.Folder, copy);
        string present = Assert.Single(Directory.GetDirectories(copy, "linux-*"), folder => folder.EndsWith(Running, StringComparison.Ordinal));
        foreach (string folder in Directory.GetDirectories(copy, "linux-*"))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory($"{copy}/linux-riscv64");
        string[] lines = Run(copy, "");
        Assert.Equal(["PlatformNotSupported", "NotInstalled", Path.GetFileName(present)], lines[..3]);
        Assert.EndsWith("this package has linux-riscv64. Nothing was loaded.", lines[3], StringComparison.Ordinal);
        Assert.Equal(["False", "0"], lines[4..]);
    }

    public void Dispose() => _shell.Dispose();

    private static string Running => "linux-" + System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private string[] Run(string module, string before)
    {
        NativeResult result = ShellRun.Run(_shell.Script($"$ErrorActionPreference = 'Stop'; $wgnet = '{module}/WgNet.psd1'\n{before}\n{Import}"));
        Assert.True(result.ExitCode == 0 && result.Error.Length == 0, $"{result.Output}\n{result.Error}");
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
