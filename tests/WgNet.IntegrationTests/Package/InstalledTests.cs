using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Package;

/// <summary>The package in the module path of a user without rights, who has never had it: nothing of the build is needed.</summary>
public sealed class InstalledTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("wgt-home-").FullName;
    private readonly string _host = Directory.CreateTempSubdirectory("wgt-host-").FullName;

    public InstalledTests()
    {
        Requires.Root();
        BuiltPackage.Install($"{_home}/.local/share/powershell/Modules");
        Native.Succeed("cp", "-rL", Path.GetDirectoryName(BuiltModule.Shell)!, $"{_host}/shell");
        Native.Succeed("chown", "-R", "65534:65534", _home);
        Native.Succeed("chmod", "-R", "a+rX", _host);
    }

    [Fact]
    public void ItIsImportedByNameAndWorks()
    {
        string[] lines = Run("""
            Import-Module WgNet
            (Get-Module WgNet).ModuleBase
            (New-WgKey).PrivateKey.ToString()
            ('[Interface]', 'ListenPort = 5801' | ConvertFrom-WgConfig).ListenPort
            (Get-NetLink lo).Name
            (Get-NetLinkAddress -InterfaceName lo).Count -ge 0
            @(Get-NetLinkRoute -ErrorAction Stop).Count -ge 0
            @((Import-WgFabric "$((Get-Module WgNet).ModuleBase)/samples/article.psd1") | Get-WgFabricPlan).Count
            (Get-Help New-WgTunnel).Synopsis.Length -gt 0
            (Get-Help about_WgNet).Length -gt 100
            Get-Module WgNet | ForEach-Object Version | ForEach-Object ToString
            """);
        Assert.StartsWith($"{_home}/.local/share/powershell/Modules/WgNet/", lines[0], StringComparison.Ordinal);
        Assert.Equal(["(hidden)", "5801", "lo", "True", "True"], lines[1..6]);
        Assert.Matches("^[1-9][0-9]*$", lines[6]);
        Assert.Equal(["True", "True"], lines[7..9]);
        Assert.Equal(Path.GetFileName(lines[0]), lines[9]);
    }

    [Fact]
    public void ACommandAloneBringsTheModule() => Assert.Equal(["(hidden)", "WgNet"], Run("(New-WgKey).PrivateKey.ToString(); (Get-Module WgNet).Name"));

    [Fact]
    public void AllThatIsLoadedIsThePackagesOrTheHosts()
    {
        string[] places = Run("""
            $null = Import-Module WgNet; $null = New-WgKey; $null = Get-NetLink
            @([AppDomain]::CurrentDomain.GetAssemblies()).Where({ $_.Location }).ForEach({ $_.Location })
            @([IO.File]::ReadAllLines('/proc/self/maps')).Where({ $_ -like '*libsodium*' }).ForEach({ $_.Substring($_.IndexOf('/')) })
            """);
        Assert.Contains(places, place => place.StartsWith(_home, StringComparison.Ordinal) && place.EndsWith("/private/Tmds.LibC.dll", StringComparison.Ordinal));
        Assert.Contains(places, place => place.StartsWith(_home, StringComparison.Ordinal) && place.EndsWith("/private/libsodium.so", StringComparison.Ordinal));
        Assert.DoesNotContain(places, place => place.StartsWith(BuiltModule.Root + "/", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        Directory.Delete(_home, recursive: true);
        Directory.Delete(_host, recursive: true);
    }

    private string[] Run(string script)
    {
        string path = $"{_host}/run.ps1";
        File.WriteAllText(path, $"$ErrorActionPreference = 'Stop'\n{script}");
        string[] asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", "env", "-u", "PSModulePath", "-u", "XDG_DATA_HOME", $"HOME={_home}", $"{_host}/shell/WgNet.Shell"];
        if (Native.Run("setpriv", [.. asNobody, "-Command", "1"]).ExitCode != 0)
            Assert.Skip("Other users may not run the .NET runtime of this machine.");
        NativeResult result = Native.Run("setpriv", [.. asNobody, path]);
        Assert.True(result.ExitCode == 0 && result.Error.Length == 0, $"{result.Output}\n{result.Error}");
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
