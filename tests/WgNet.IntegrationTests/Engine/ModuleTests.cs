using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Engine;

/// <summary>The built module as a user gets it.</summary>
public sealed class ModuleTests
{
    [Fact]
    public void EveryCmdletOfTheManifestIsThereAndNothingElse()
    {
        using var session = new EngineSession();
        string[] promised = [.. session.Succeed("(Test-ModuleManifest $manifest).ExportedCmdlets.Keys", ("manifest", BuiltModule.Manifest)).Select(name => name.ToString())];
        string[] there = [.. session.Succeed("Get-Command -Module WgNet").Select(command => command.ToString())];
        Assert.NotEmpty(promised);
        Assert.Equal(promised.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryCmdletHasASynopsisAndEveryParameterADescription()
    {
        using var session = new EngineSession();
        var missing = new List<string>();
        foreach (PSObject command in session.Succeed("Get-Command -Module WgNet"))
        {
            string name = command.ToString();
            PSObject help = Assert.Single(session.Succeed("Get-Help $name -Full", ("name", name)));
            string synopsis = help.Properties["Synopsis"]?.Value?.ToString()?.Trim() ?? "";

            // Without a help file the engine answers with the syntax, which begins with the name.
            if (synopsis.Length == 0 || synopsis.StartsWith(name, StringComparison.Ordinal))
                missing.Add(name);
            missing.AddRange(session.Succeed("(Get-Help $name -Full).parameters.parameter | Where-Object { -not $_.description } | ForEach-Object { \"$name -$($_.name)\" }", ("name", name)).Select(one => one.ToString()));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void TheEngineItselfIsNotShipped()
    {
        string folder = Path.GetDirectoryName(BuiltModule.Manifest)!;
        string[] files = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))];
        Assert.Contains(files, file => file.EndsWith("/WgNet.Cmdlets.dll", StringComparison.Ordinal));
        string[] names = [.. files.Select(file => Path.GetFileName(file))];
        Assert.DoesNotContain(names, name => name.StartsWith("System.Management", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name.Contains("psl-native", StringComparison.Ordinal));
    }
}
