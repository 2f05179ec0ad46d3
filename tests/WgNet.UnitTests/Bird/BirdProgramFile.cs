using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>The BIRDs that configurations are checked by: the installed one, and those that tests/birds/unpack.sh unpacked.</summary>
internal static class BirdProgramFile
{
    public static TheoryData<string> All => ["bird", "out/birds/bird2/bird", "out/birds/bird3/bird"];

    /// <summary>The path of one of <see cref="All"/>; skips the test where it is not there. Where the solution is, there is out/birds too.</summary>
    public static string Find(string program)
    {
        if (!program.Contains('/', StringComparison.Ordinal))
        {
            Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin").Split(':').Any(folder => File.Exists(Path.Combine(folder, program))), $"needs {program}");
            return File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : program;
        }

        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "WgNet.sln")))
            root = Path.GetDirectoryName(root);
        string path = Path.Combine(root ?? "", program);
        Assert.SkipUnless(File.Exists(path), $"needs {program}: run tests/birds/unpack.sh out/birds (on Debian, with a network)");
        return path;
    }
}
