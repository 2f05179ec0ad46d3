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

    /// <summary>A folder that this user may read and write.</summary>
    public string Folder => _place;

    /// <summary>The shell, where this user may run it.</summary>
    public string Shell => $"{_place}/shell/WgNet.Shell";

    /// <summary>What a script prints in a namespace, the module imported; the test is skipped where that user may not run .NET.</summary>
    /// <param name="ns">The network namespace.</param>
    /// <param name="script">Run from a file.</param>
    /// <param name="capabilities">All the capabilities that the process has, as capabilities(7) calls them.</param>
    /// <param name="group">Its group.</param>
    public string Run(string ns, string script, IEnumerable<string>? capabilities = null, string group = "65534")
    {
        WriteScript("run.ps1", script);
        string set = string.Concat((capabilities ?? []).Select(name => $",+{name["CAP_".Length..].ToLowerInvariant()}"));
        string[] asNobody =
        [
            "netns", "exec", ns, "setpriv", "--reuid=65534", $"--regid={group}", "--clear-groups", $"--inh-caps=-all{set}", $"--ambient-caps=-all{set}",
            "env", $"HOME={_place}", Shell,
        ];
        if (Native.Run("ip", [.. asNobody, "-Command", "1"]).ExitCode != 0)
            Assert.Skip("Other users may not run the .NET runtime of this machine.");
        NativeResult result = Native.Run("ip", [.. asNobody, $"{_place}/run.ps1"]);
        return (result.Output + result.Error).Trim();
    }

    /// <summary>Writes a script that imports the module; its path. This user may read it, and everything else here.</summary>
    public string WriteScript(string name, string script)
    {
        File.WriteAllText($"{_place}/{name}", $"Import-Module {_place}/WgNet/WgNet.psd1\n{script}");
        Native.Succeed("chmod", "-R", "a+rX", _place);
        return $"{_place}/{name}";
    }

    public void Dispose() => Directory.Delete(_place, recursive: true);
}
