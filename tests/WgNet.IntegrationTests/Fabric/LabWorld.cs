using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>A lab of a test's own, under a name that nobody else has, and the fabric files for it. Disposing takes it down.</summary>
internal sealed class LabWorld : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-lab-").FullName;

    public LabWorld()
    {
        Requires.Root();
        Requires.Program("bird");
        Requires.Program("wireguard-go");
        Engine = new EngineSession();
        Engine.Run("", ("lab", Name));
    }

    /// <summary>The lab's name, $lab in scripts.</summary>
    public string Name { get; } = $"wgt{Random.Shared.GetHexString(6, lowercase: true)}";

    public EngineSession Engine { get; }

    /// <summary>The lab's folder.</summary>
    public string State => $"/run/wgnet/labs/{Name}";

    /// <summary>The article's file.</summary>
    public static string Article => Path.Combine(BuiltModule.Folder, "samples", "article.psd1");

    /// <summary>The article's fabric, changed; the path of its file.</summary>
    public string Changed(Func<string, string> change)
    {
        string before = File.ReadAllText(Article), after = change(before);
        Assert.NotEqual(before, after);
        string path = $"{_folder}/{Guid.NewGuid():n}.psd1";
        File.WriteAllText(path, after);
        return path;
    }

    /// <summary>The article's text with more settings of the fabric.</summary>
    public static string With(string text, string settings) => text.Replace("    Name  = 'article'", $"    Name  = 'article'; {settings}", StringComparison.Ordinal);

    /// <summary>Starts the lab, or brings it to another file, and waits until everything works.</summary>
    public PSObject Start(string path, string more = "") => Engine.Succeed($"Start-WgFabricLab $path -Name $lab -Wait -Timeout 120 {more}", ("path", path)).Single();

    /// <summary>Whether a program has a lab's name among its words.</summary>
    public bool IsRunning(string program) => Native.Run("pgrep", "-af", program).Output.Contains(State, StringComparison.Ordinal);

    public void AssertNothingLeft()
    {
        Assert.DoesNotContain(Name, Native.Ip("netns list"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(State), $"{State} is still there.");
        Assert.DoesNotContain(State, Native.Run("ps", "-eo", "args").Output, StringComparison.Ordinal);
        Assert.Empty(Engine.Succeed("Get-WgFabricLab \"$lab*\""));
    }

    public void Dispose()
    {
        Engine.Run("Stop-WgFabricLab \"$lab*\"");
        Engine.Dispose();
        File.Delete($"/run/wgnet/labs/.{Name}.lock");
        Directory.Delete(_folder, recursive: true);
    }
}
