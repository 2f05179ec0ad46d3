using System.Security.Cryptography;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bench;

/// <summary>The benchmark runs, in small: that it measures well is for its reader to say.</summary>
public sealed class BenchTests
{
    private static readonly string s_program = Path.Combine(BuiltModule.Root, "tests", "WgNet.Bench", "bin", "Release", "net10.0", "WgNet.Bench");

    // The benchmark's namespaces begin with it.
    private readonly string _name = "wgb-" + RandomNumberGenerator.GetHexString(6, lowercase: true);

    [Fact]
    public void Every_workload_runs_and_leaves_nothing()
    {
        Require();
        using Daemon bench = Daemon.Start(s_program, Arguments(""));
        NativeResult result = bench.Finish(TimeSpan.FromMinutes(10));
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        string[] groups = ["Route dumps", "Route changes", "Links", "WireGuard", "Import", "Pipeline", "Events", "Growth", "Fabric", "BIRD", "Remoting", "Decoders"];
        Assert.All(groups, group => Assert.Contains($"\n## {group}\n", result.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("Not run:", result.Output, StringComparison.Ordinal);
        Assert.Empty(Left());
    }

    [Fact]
    public void Interrupted_it_leaves_nothing()
    {
        Require();

        // All of it: a single group in small can be over before the signal comes.
        using Daemon bench = Daemon.Start(s_program, Arguments(""));
        Wait.Until(() => Left().Length > 0 || bench.HasExited, "the benchmark's namespaces");
        bench.Signal("INT");
        NativeResult result = bench.Finish(TimeSpan.FromMinutes(1));
        Assert.Equal(130, result.ExitCode);
        Assert.Empty(Left());
    }

    [Fact]
    public void The_README_tells_the_newest_result()
    {
        string results = Path.Combine(BuiltModule.Root, "tests", "WgNet.Bench", "results");
        string? newest = Directory.Exists(results) ? Directory.GetFiles(results, "*.json").Max(StringComparer.Ordinal) : null;
        Assert.SkipWhen(newest is null, "needs a result, which build.ps1 Bench leaves");
        Assert.SkipUnless(File.Exists(s_program), "needs the benchmark, which build.ps1 Test builds");
        string copy = Path.GetTempFileName();
        try
        {
            File.Copy(Path.Combine(BuiltModule.Root, "README.md"), copy, overwrite: true);
            using Daemon bench = Daemon.Start(s_program, ["readme", copy, newest!]);
            NativeResult result = bench.Finish(TimeSpan.FromMinutes(1));
            Assert.True(result.ExitCode == 0, "README.md is not made from the newest result: build.ps1 Bench does that. " + result.Error);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static void Require()
    {
        Requires.Root();
        foreach (string program in (string[])["gcc", "strace", "bird", "wireguard-go", "wg", "ip"])
            Requires.Program(program);
        SshServer.Require();
        Assert.SkipUnless(Path.Exists("/usr/lib/python3/dist-packages/pyroute2"), "needs python3-pyroute2");
        Assert.SkipUnless(File.Exists(s_program), "needs the benchmark, which build.ps1 Test builds");
    }

    private string[] Arguments(string filter) =>
        ["--quick", "--name", _name, "--filter", filter, "--module", BuiltModule.Manifest, "--shell", BuiltModule.Shell];

    private string[] Left() => Directory.Exists("/run/netns") ? [.. Directory.EnumerateFiles("/run/netns", _name + "*")] : [];
}
