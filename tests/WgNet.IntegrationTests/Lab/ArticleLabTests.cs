using System.Diagnostics;
using System.Management.Automation;
using System.Text.RegularExpressions;
using WgNet.IntegrationTests.Bird;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Lab;

/// <summary>The article's lab, built by the sample that ships with the module: three sites, redundant tunnels, a dead gateway.</summary>
public sealed partial class ArticleLabTests : IDisposable
{
    private static readonly string[] s_nodes = ["R1", "V1-1", "V1-1.private"];
    private static readonly TimeSpan s_whole = TimeSpan.FromMinutes(2);

    private readonly string _prefix = $"wgt{Random.Shared.GetHexString(6, lowercase: true)}-";
    private readonly EngineSession _engine;

    public ArticleLabTests()
    {
        Requires.Root();
        Requires.Program("bird");
        _engine = new EngineSession();
        _engine.Run("", ("lab", Path.Combine(BuiltModule.Folder, "samples", "Article.Lab.ps1")), ("prefix", _prefix));
    }

    public void Dispose()
    {
        _engine.Run("& $lab -Down -Prefix $prefix");
        _engine.Dispose();
    }

    [Fact]
    public void SitesReachEachOtherAndADeadGatewayIsRoutedAround()
    {
        _engine.Succeed("& $lab -Quiet -Prefix $prefix");

        AssertConfigurationsAreTheFixtures();

        // What the lab's numbering says, tunnel by tunnel: see the tables of its author.
        IReadOnlyList<PSObject> tunnels = _engine.Succeed("Get-WgTunnel -Namespace \"${prefix}*.private\"");
        Assert.Equal(24, tunnels.Count);
        PSObject first = tunnels.Single(tunnel => Is(tunnel, "Namespace", $"{_prefix}V1-1.private") && Is(tunnel, "Name", "wg5"));
        Assert.Equal("apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=", first.Properties["PublicKey"].Value.ToString());
        Assert.Equal(5805, first.Properties["ListenPort"].Value);
        Assert.Equal(["169.254.1.4/31", "2001:db8:ff::4/127"], ((string[])first.Properties["Address"].Value).Order(StringComparer.Ordinal));
        Assert.Equal("[2001:db8:3::1]:5801", _engine.Succeed("\"$((Get-WgPeer wg5 -Namespace \"${prefix}V1-1.private\").Endpoint)\"")[0].ToString());

        // Up within 20 seconds on an idle machine; the test only asks that it comes.
        Wait.Until(() => Reaches("R1", "2001:db8:a3::1") && Reaches("R1", "10.0.3.1"), "R1 to reach R3", TimeSpan.FromSeconds(90));
        foreach (string prefix in new[] { "2001:db8:a3::/64", "10.0.3.0/24" })
            Wait.Until(() => NextHops("V1-1.private", prefix) == 2, $"two next hops to {prefix}", TimeSpan.FromSeconds(60));

        // Its public side dies at once: no daemon says goodbye. Nobody does anything by hand.
        long killed = Stopwatch.GetTimestamp();
        Native.Ip($"-n {_prefix}V3-1 link set eth0 down");
        Wait.Until(() => NextHops("V1-1.private", "2001:db8:a3::/64") == 1, "the dead gateway's next hop to go", TimeSpan.FromSeconds(30));
        Wait.Until(() => Reaches("R1", "2001:db8:a3::1") && Reaches("R1", "10.0.3.1"), "R1 to reach R3 again", TimeSpan.FromSeconds(30));
        TestContext.Current.TestOutputHelper?.WriteLine($"R1 reaches R3 again after {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s.");

        // Revived, it is used again: BIRD's error wait is short.
        Native.Ip($"-n {_prefix}V3-1 link set eth0 up");
        Wait.Until(() => NextHops("V1-1.private", "2001:db8:a3::/64") == 2, "the revived gateway's next hop", TimeSpan.FromSeconds(60));

        // A second lab replaces the first; taking it down leaves nothing. In a guest, one lab takes long enough.
        if (!Backend.IsKernel)
            _engine.Succeed("& $lab -Quiet -Prefix $prefix");
        _engine.Succeed("& $lab -Down -Prefix $prefix");
        AssertNothingLeft();
    }

    [Fact]
    public void ItWorksWithBird217() => WorksWith(new NewerBird());

    [Fact]
    public void ItWorksWithBird3() => WorksWith(new Bird3());

    [Fact]
    public void ABirdThatIsNotThereIsSaidBeforeAnythingIsBuilt()
    {
        _engine.Fail("CommandNotFoundException", "& $lab -Prefix $prefix -Bird /no/such/bird");
        AssertNothingLeft();
    }

    [Fact]
    public void StoppedHalfWayLeavesNothing()
    {
        AssertStoppedLeavesNothing(() => { }, () =>

            // A namespace's file is there a moment before the namespace: until then ip fails.
            Wait.Until(() => Native.Run("ip", "-n", $"{_prefix}V2-1.private", "-o", "link").Output.Contains(": wg", StringComparison.Ordinal), "the first half of the lab", s_whole));
    }

    /// <summary>Stopped in the first moments of a second lab, when the first one is being taken down: its daemons are gone, its namespaces are not.</summary>
    [Fact]
    public void StoppedWhileReplacingLeavesNothing()
    {
        string bird = "";
        AssertStoppedLeavesNothing(
            () =>
            {
                _engine.Succeed("& $lab -Quiet -Prefix $prefix");
                bird = $"/proc/{File.ReadAllText($"/run/wgnet/lab-{_prefix}article/R1.pid").Trim()}/cmdline";
            },
            () => Wait.Until(() => Native.Run("cat", bird).Output.Length == 0, "the first lab's daemons to end"));
    }

    // It may have been complete a moment before: then it says so, stays, and is tried again.
    private void AssertStoppedLeavesNothing(Action before, Action untilMoment)
    {
        bool complete = true;
        for (int attempt = 0; attempt < 3 && complete; attempt++)
        {
            before();
            using RunningPipeline running = _engine.Start("& $lab -Quiet -Prefix $prefix");
            untilMoment();
            running.Stop(s_whole);
            complete = running.Output.Any(line => $"{line}".StartsWith("The lab is built", StringComparison.Ordinal));
            if (complete)
                _engine.Succeed("& $lab -Down -Prefix $prefix");
            AssertNothingLeft();
        }

        Assert.False(complete, "No lab was stopped half-way.");
    }

    // The sample waits by itself for two next hops to every far site and for R1 to reach R3, and shows them; the bare engine has no Format-Table.
    private void WorksWith(BirdProgram bird)
    {
        bird.Require();
        IReadOnlyList<PSObject> said = _engine.Succeed("function Format-Table { $input }; & $lab -Keep -Prefix $prefix -Bird $bird", ("bird", bird.Daemon));
        Assert.Contains(said, line => line.ToString().StartsWith("Everything works, ", StringComparison.Ordinal));
        string control = $"/run/wgnet/lab-{_prefix}article/V1-1.private.ctl";
        Assert.StartsWith(bird.Version, Text("(Get-BirdStatus -ControlSocket $control).Version", control), StringComparison.Ordinal);
        Wait.Until(() => Text("@(Get-BirdProtocol IBGP* -State Established -ControlSocket $control).Count", control) == "8", "eight sessions");
        Wait.Until(() => Text("(Get-BirdRoute 2001:db8:a3::/64 -Export KERNEL6 -ControlSocket $control).NextHops -join ', '", control) == "2001:db8:ff::5 wg5, 2001:db8:ff::7 wg6", "two next hops");
        Wait.Until(() => Text("(Get-BirdRoute 10.0.3.0/24 -Primary -Detail -ControlSocket $control).AsPath", control) == "65003", "a primary route from the third site");
        Wait.Until(() => Text("($ids = [Collections.Generic.SortedSet[string]] (Get-BirdOspfNeighbor PRIVATE -ControlSocket $control).RouterId) -join ' '", control) == "0.0.0.1 1.0.1.2", "both neighbours");
        Assert.All(s_nodes, node => Assert.DoesNotContain("<ERR>", File.ReadAllText($"/run/wgnet/lab-{_prefix}article/{node}.log"), StringComparison.Ordinal));
        _engine.Succeed("& $lab -Down -Prefix $prefix");
        AssertNothingLeft();
    }

    // The object model's tests compare what it writes with these files.
    private void AssertConfigurationsAreTheFixtures() => Assert.All(s_nodes, node =>
    {
        string written = File.ReadAllText($"/run/wgnet/lab-{_prefix}article/{node}.conf"), log = $"log \"/run/wgnet/lab-{_prefix}article/{node}.log\" all;";
        string fixture = File.ReadAllText(Path.Combine(BuiltModule.Root, "tests/WgNet.UnitTests/Fixtures/bird", $"article-{node}.conf"));
        Assert.Equal(Blanks().Replace(log + "\n" + fixture, " "), Blanks().Replace(written, " "));
    });

    private string Text(string script, string control) => _engine.Succeed(script, ("control", control)).Single().ToString();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private void AssertNothingLeft()
    {
        Assert.DoesNotContain(_prefix, Native.Ip("netns list"), StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/run/wgnet/lab-{_prefix}article"));
        Assert.DoesNotContain(_prefix, Native.Run("ps", "-eo", "args").Output.Replace(Environment.CommandLine, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private bool Reaches(string from, string address) =>
        (bool)_engine.Succeed($"(Test-NetReachability {address} -Namespace \"${{prefix}}{from}\" -Count 1).Reachable")[0].BaseObject;

    private int NextHops(string ns, string prefix) =>
        (int)_engine.Succeed($"@((Get-NetLinkRoute -Namespace \"${{prefix}}{ns}\" -Protocol bird | Where-Object {{ \"$($_.Destination)\" -eq '{prefix}' }}).NextHops).Count")[0].BaseObject;

    private static bool Is(PSObject item, string property, string value) => (string)item.Properties[property].Value == value;
}
