using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Rights;

/// <summary>
/// A lab of an ordinary user, in a user namespace of that user's own as about_WgNet_Rights has it: it starts, carries traffic and stops.
/// The test gives it a /dev/net/tun that this user may open, in a mount namespace of its own.
/// </summary>
public sealed class UserNamespaceTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly OrdinaryUser _user = new();

    public UserNamespaceTests()
    {
        Requires.Program("setpriv");
        Requires.Program("unshare");
        Requires.Program("bird");
        Requires.Program("wireguard-go");
    }

    public void Dispose()
    {
        _user.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void ALabRunsAsAnOrdinaryUser()
    {
        string fabric = $"{_user.Folder}/pair.psd1";
        File.WriteAllText(fabric, """
            @{ Name = 'pair'; Routing = @{ HoldTime = 30; OspfDead = 20 }; Sites = @(
                @{ Name = 'site1'; Prefixes = '10.0.1.0/24'; Gateways = @{ Name = 'V1-1'; Endpoint = '2001:db8:1::1' } }
                @{ Name = 'site2'; Prefixes = '10.0.2.0/24'; Gateways = @{ Name = 'V2-1'; Endpoint = '2001:db8:2::1' } }) }
            """);
        NativeResult result = InUserNamespace($$"""
            $ErrorActionPreference = 'Stop'
            try {
                $lab = Start-WgFabricLab {{fabric}} -Wait -Timeout 120 -Backend Userspace
                $Host.UI.WriteLine("state $($lab.State)")
                foreach ($try in 1..3) {
                    $tests = @(Test-WgFabric)
                    if (-not $tests.Where({ -not $_.Passed })) { break }
                }
                $Host.UI.WriteLine("tests $($tests.Count -gt 0) failed $(@($tests.Where({ -not $_.Passed })).Count)")
            } finally {
                Get-WgFabricLab | Stop-WgFabricLab
            }
            $Host.UI.WriteLine("left $(@(Get-NetNamespace).Count)")
            """, "mount -t tmpfs tmpfs /run && ");
        Assert.Equal("state Up\ntests True failed 0\nleft 0", (result.Output + result.Error).Trim());
        Assert.DoesNotContain(_user.Folder, Native.Run("ps", "-eo", "args").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAFolderOfOnesOwnTheErrorSaysHow()
    {
        NativeResult result = InUserNamespace($"Start-WgFabricLab {_user.Folder}/WgNet/samples/article.psd1 2>&1 | ForEach-Object {{ $Host.UI.WriteLine(\"$($_.CategoryInfo.Category): $_\") }}", "");
        Assert.Contains("PermissionDenied: Labs are root's", result.Output, StringComparison.Ordinal);
        Assert.Contains("mount -t tmpfs tmpfs /run", result.Output, StringComparison.Ordinal);
    }

    private NativeResult InUserNamespace(string script, string before)
    {
        string file = _user.WriteScript("lab.ps1", script), tun = $"{_world.Folder}/tun";
        Native.Succeed("mknod", "-m", "666", tun, "c", "10", "200");
        string[] asUser = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", $"HOME={_user.Folder}", "unshare", "-Urnm"];
        if (Native.Run(asUser[0], [.. asUser[1..], "mount", "-t", "tmpfs", "tmpfs", "/run"]) is { ExitCode: not 0 } refused)
            Assert.Skip($"This machine does not let users have user namespaces: {refused.Error.Trim()}");
        string inside = $"cd / && exec {string.Join(' ', asUser)} sh -c '{before}exec {_user.Shell} {file}'";
        return Native.Run("unshare", "-m", "sh", "-c", $"mount --bind {tun} /dev/net/tun && {inside}");
    }
}
