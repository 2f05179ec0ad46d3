using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

/// <summary>One BIRD to test against: the daemon and its own client, which is the witness.</summary>
public abstract class BirdProgram
{
    /// <summary>Folder of what tests/birds/unpack.sh unpacked.</summary>
    private static readonly string s_unpacked = Path.Combine(BuiltModule.Root, "out", "birds");

    private readonly string? _folder;

    protected BirdProgram(string version, string? folder)
    {
        (Version, _folder) = (version, folder);
        (Daemon, Client) = folder is null ? ("bird", "birdc") : (Path.Combine(s_unpacked, folder, "bird"), Path.Combine(s_unpacked, folder, "birdc"));
    }

    /// <summary>How its version begins.</summary>
    public string Version { get; }

    public string Daemon { get; }

    public string Client { get; }

    public bool Is3 => Version.StartsWith('3');

    /// <summary>Skips the test where this BIRD is not there.</summary>
    public void Require()
    {
        if (_folder is null)
            Requires.Program(Daemon);
        else
            Assert.SkipUnless(File.Exists(Daemon), $"needs BIRD {Version} in out/birds/{_folder}: run tests/birds/unpack.sh out/birds (on Debian, with a network)");
    }
}

/// <summary>The BIRD that is installed: bookworm's 2.0.12.</summary>
public sealed class InstalledBird() : BirdProgram("2.0", null);

/// <summary>Trixie's bird2.</summary>
public sealed class NewerBird() : BirdProgram("2.17", "bird2");

/// <summary>Trixie's bird3.</summary>
public sealed class Bird3() : BirdProgram("3.1", "bird3");
