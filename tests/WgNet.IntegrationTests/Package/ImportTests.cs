using System.Management.Automation;
using WgNet.IntegrationTests.Shell;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Package;

/// <summary>The module comes, goes and comes again, in one runspace and in several.</summary>
public sealed class ImportTests
{
    private const string Works = """
        $count = @(Get-Command -Module WgNet -CommandType Cmdlet).Count
        $modules = "$(@(Get-Command -Module WgNet).ForEach({ $_.Module.Name }) | ForEach-Object { $seen = @{} } { $seen[$_] = 1 } { $seen.Keys })"
        $synopsis = (Get-Help Get-WgPeer).Synopsis -notlike 'Get-WgPeer*'
        $completed = [Management.Automation.CommandCompletion]::CompleteInput('Get-NetLink -Name l', 19, $null).CompletionMatches.CompletionText -contains 'lo'
        $typed = (Get-NetLink lo) -is [WgNet.NetLink] -and (New-WgKey).PrivateKey -is [WgNet.WgPrivateKey]
        "$count $modules $synopsis $completed $typed $(@(Get-Module WgNet).Count)"
        """;

    [Theory]
    [InlineData("Import-Module $m")]
    [InlineData("Import-Module $m -Force")]
    [InlineData("Import-Module $m -Force; Import-Module $m -Force")]
    [InlineData("Remove-Module WgNet; Import-Module $m")]
    [InlineData("Remove-Module WgNet; Import-Module $m; Remove-Module WgNet; Import-Module $m -Force")]
    public void ComingAgainItIsAsAtFirst(string again)
    {
        using var session = new EngineSession();
        string first = Assert.Single(session.Succeed(Works)).ToString();
        Assert.Matches("^[1-9][0-9]+ WgNet True True True 1$", first);
        Assert.Equal(first, Assert.Single(session.Succeed($"{again}\n{Works}", ("m", BuiltModule.Manifest))).ToString());
    }

    [Fact]
    public void RemovedNothingOfItIsLeft()
    {
        using var session = new EngineSession();
        Assert.Equal(["0", "0", "0"], session.Succeed("""
            Remove-Module WgNet
            @(Get-Module | Where-Object Name -like 'WgNet*').Count
            @(Get-Command -CommandType Cmdlet | Where-Object { $_.Name -like '*-Wg*' -or $_.Name -like '*-Bird*' -or $_.Name -like '*-NetLink*' }).Count
            "$identifier$architecture$platform".Length
            """).Select(line => line.ToString()));
    }

    [Fact]
    public void ItsRemovalInOneRunspaceLeavesItInAnother()
    {
        using var one = new EngineSession();
        using var other = new EngineSession();
        one.Succeed("Remove-Module WgNet");
        Assert.Matches("^[1-9][0-9]+ WgNet True True True 1$", Assert.Single(other.Succeed(Works)).ToString());
    }

    /// <summary>In a process that has loaded nothing of it yet, which is when its load context is made.</summary>
    [Fact]
    public void ManyRunspacesImportItAtOnce()
    {
        using var shell = new ShellRun();
        string path = shell.Script($$"""
            $pool = @(1..6).ForEach({ [PowerShell]::Create([Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()).AddScript("Import-Module '{{BuiltModule.Manifest}}'; (New-WgKey -Count 2).Count; (Get-NetLink lo).Name") })
            $running = @($pool.ForEach({ $_.BeginInvoke() }))
            for ($i = 0; $i -lt $pool.Count; $i++) {
                "$($pool[$i].EndInvoke($running[$i])) $($pool[$i].Streams.Error)".Trim()
                $pool[$i].Dispose()
            }
            """);
        NativeResult result = ShellRun.Run(path);
        Assert.Equal((0, string.Concat(Enumerable.Repeat("2 lo\n", 6)), ""), (result.ExitCode, result.Output, result.Error));
    }

    /// <summary>What is compiled while it runs costs each start; the runtime says what that is. The test's shell is compiled so.</summary>
    [Fact]
    public void ItsCodeIsCompiledAhead()
    {
        using var shell = new ShellRun();
        string path = shell.Script($"Import-Module '{BuiltModule.Manifest}'; (Get-NetLink lo).Name; (New-WgKey -Count 2).Count; (Get-WgTunnel -AllNamespaces -Name no-such-*).Count");
        string compiled = shell.PathOf("compiled");

        // Not compiled anew, better, what has run often on a machine with many links. How it ends is not looked at: the runtime closes its list
        // while another thread may still be compiling, and dies of that at times.
        Assert.Equal("lo\n2\n0\n", Native.Run("env", "DOTNET_TieredCompilation=0", "DOTNET_JitDisasmSummary=1", $"DOTNET_JitStdOutFile={compiled}", BuiltModule.Shell, path).Output);
        string[] lines = File.ReadAllLines(compiled);
        Assert.Contains(lines, line => line.Contains("JIT compiled WgNet.Shell.", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("JIT compiled WgNet.Cmdlets.", StringComparison.Ordinal));
    }

    [Fact]
    public void ManySessionsOfOneHostImportItAtOnce() => Parallel.For(0, 4, _ =>
    {
        using var session = new EngineSession();
        PSObject name = Assert.Single(session.Succeed("(Get-NetLink lo).Name"));
        Assert.Equal("lo", name.ToString());
    });
}
