using WgNet.IntegrationTests.Shell;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>A user without rights, in a namespace with a tunnel: each refusal is one PermissionDenied error, never an empty answer.</summary>
public sealed class OrdinaryUserTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly ShellRun _shell = new();

    public void Dispose()
    {
        _shell.Dispose();
        _engine.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData("Get-WgTunnel")]
    [InlineData("Get-WgTunnel wg0")]
    [InlineData("Get-WgPeer")]
    [InlineData("Remove-WgTunnel wg0")]
    [InlineData("New-WgTunnel wg1 -PrivateKey (New-WgKey) -Backend Userspace")]
    public void RefusalIsOneErrorThatSaysSo(string command)
    {
        string ns = _world.Namespace("a");
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns -Backend Userspace", ("ns", ns));

        // Readable to another user: the module and the shell may be in a folder of root's.
        string place = Directory.CreateTempSubdirectory("wgt-public-").FullName;
        try
        {
            Native.Succeed("cp", "-r", BuiltModule.Folder, $"{place}/WgNet");
            Native.Succeed("cp", "-rL", Path.GetDirectoryName(BuiltModule.Shell)!, $"{place}/shell");
            File.WriteAllText($"{place}/run.ps1", $"Import-Module {place}/WgNet/WgNet.psd1; $e = @({command} 2>&1); $e.ForEach({{ \"$($_.CategoryInfo.Category)\" }})");
            Native.Succeed("chmod", "-R", "a+rX", place);
            string[] asNobody = ["netns", "exec", ns, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", $"HOME={place}", $"{place}/shell/WgNet.Shell"];
            if (Native.Run("ip", [.. asNobody, "-Command", "1"]).ExitCode != 0)
                Assert.Skip("Other users may not run the .NET runtime of this machine.");
            NativeResult result = Native.Run("ip", [.. asNobody, $"{place}/run.ps1"]);
            Assert.Equal("PermissionDenied", (result.Output + result.Error).Trim());
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }
}
