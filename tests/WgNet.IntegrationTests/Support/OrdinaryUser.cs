namespace WgNet.IntegrationTests.Support;

/// <summary>
/// Runs scripts with the built module as a user without rights (65534). The module and the shell are copied to where that user
/// may read them: they may be in a folder of root's.
/// </summary>
internal sealed class OrdinaryUser : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("wgt-public-").FullName;

    public OrdinaryUser()
    {
        Native.Succeed("cp", "-r", BuiltModule.Folder, $"{_place}/WgNet");
        Native.Succeed("cp", "-rL", Path.GetDirectoryName(BuiltModule.Shell)!, $"{_place}/shell");
    }

    /// <summary>What a script prints in a namespace, the module imported; the test is skipped where that user may not run .NET.</summary>
    public string Run(string ns, string script)
    {
        File.WriteAllText($"{_place}/run.ps1", $"Import-Module {_place}/WgNet/WgNet.psd1; {script}");
        Native.Succeed("chmod", "-R", "a+rX", _place);
        string[] asNobody = ["netns", "exec", ns, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", $"HOME={_place}", $"{_place}/shell/WgNet.Shell"];
        if (Native.Run("ip", [.. asNobody, "-Command", "1"]).ExitCode != 0)
            Assert.Skip("Other users may not run the .NET runtime of this machine.");
        NativeResult result = Native.Run("ip", [.. asNobody, $"{_place}/run.ps1"]);
        return (result.Output + result.Error).Trim();
    }

    public void Dispose() => Directory.Delete(_place, recursive: true);
}
