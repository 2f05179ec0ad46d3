using WgNet.IntegrationTests.Shell;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Package;

/// <summary>
/// Another module of the session brings assemblies of the names that WgNet keeps to itself, of other versions and with other members. Each
/// order in a process of its own: what a process has loaded stays.
/// </summary>
public sealed class RivalModuleTests : IDisposable
{
    private const string Rival = "Import-Module $rival; Get-Rival";

    // The key pair of RFC 7748, section 6.1.
    private const string WgNet = "Import-Module $wgnet; Get-WgPublicKey dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo= | ForEach-Object ToString; (Get-NetLink lo).Name";

    private static readonly string[] s_rivalSays = ["the rival's LibC, the rival's Key"];
    private static readonly string[] s_wgnetSays = ["hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=", "lo"];
    private readonly ShellRun _shell = new();

    [Fact]
    public void WithTheOtherModuleFirstBothWork() => Assert.Equal([.. s_rivalSays, .. s_wgnetSays, .. s_rivalSays], Run($"{Rival}; {WgNet}; Get-Rival"));

    [Fact]
    public void WithTheOtherModuleSecondBothWork() => Assert.Equal([.. s_wgnetSays, .. s_rivalSays, .. s_wgnetSays], Run($"{WgNet}; {Rival}; {WgNet}"));

    [Fact]
    public void WithTheOtherModuleImportedBeforeEitherIsUsedBothWork() =>
        Assert.Equal([.. s_wgnetSays, .. s_rivalSays], Run($"Import-Module $wgnet; Import-Module $rival; {WgNet}; Get-Rival"));

    [Fact]
    public void EachModuleHasItsOwn()
    {
        string[] loaded = Run($$"""
            $null = . { {{Rival}}; {{WgNet}} }
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
                if ($assembly.GetName().Name -in 'Tmds.LibC', 'NSec.Cryptography', 'WgNet.Native', 'WgNet.Netlink') {
                    "$($assembly.GetName().Name) of $([IO.Path]::GetRelativePath([IO.Path]::GetDirectoryName($wgnet), $assembly.Location).Split('/')[-2]) in $([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name)"
                }
            }
            """);
        Assert.Equal(
            ["NSec.Cryptography of private in WgNet", "NSec.Cryptography of rival in Default", "Tmds.LibC of private in WgNet", "Tmds.LibC of rival in Default", "WgNet.Native of private in WgNet"],
            loaded.Where(line => !line.StartsWith("WgNet.Netlink", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains(loaded, line => line.StartsWith("WgNet.Netlink of linux-", StringComparison.Ordinal) && line.EndsWith(" in Default", StringComparison.Ordinal));
    }

    public void Dispose() => _shell.Dispose();

    private string[] Run(string script)
    {
        string path = _shell.Script($"$ErrorActionPreference = 'Stop'; $wgnet = '{BuiltModule.Manifest}'; $rival = '{AppContext.BaseDirectory}rival/WgNet.Rival.dll'\n{script}");
        NativeResult result = ShellRun.Run(path);
        Assert.True(result.ExitCode == 0 && result.Error.Length == 0, $"{result.Output}\n{result.Error}");
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
