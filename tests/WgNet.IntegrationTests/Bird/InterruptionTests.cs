using System.Globalization;
using System.Management.Automation;
using System.Net.Sockets;
using System.Text;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

public sealed class InterruptionBird20Tests : InterruptionTests<InstalledBird>;

public sealed class InterruptionBird217Tests : InterruptionTests<NewerBird>;

public sealed class InterruptionBird3Tests : InterruptionTests<Bird3>;

/// <summary>
/// A BIRD of 100 000 routes, more than any buffer between it and a reader holds, that ends or is configured anew while its
/// table is read.
/// </summary>
public abstract class InterruptionTests<TProgram> : IDisposable
    where TProgram : BirdProgram, new()
{
    private const int Routes = 100_000;

    private static readonly string[] s_loaded = ["Reconfigured", "InProgress", "Queued"];

    private readonly TProgram _program = new();
    private readonly TestWorld _world;
    private readonly string _namespace;
    private readonly string _file;
    private readonly string _control;
    private readonly EngineSession _engine = new();

    protected InterruptionTests()
    {
        _program.Require();
        _world = new TestWorld();
        _namespace = _world.Namespace("big");
        _file = Path.Combine(_world.Folder, "bird.conf");
        _control = Path.Combine(_world.Folder, "bird.ctl");
        var text = new StringBuilder($"log \"{_world.Folder}/bird.log\" all;\nrouter id 10.0.0.1;\nprotocol device {{ }}\nprotocol static BIG {{\n  ipv4;\n");
        for (int i = 0; i < Routes; i++)
            text.Append(CultureInfo.InvariantCulture, $"  route 10.{i >> 12}.{(i >> 4) & 255}.{(i & 15) << 4}/28 unreachable;\n");
        File.WriteAllText(_file, text.Append("}\n").ToString());
        Start();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void All_of_a_large_table_arrives_and_whoever_needs_one_route_waits_for_one()
    {
        Assert.Equal([(long)Routes, Routes], Succeed("(Get-BirdRoute -Count -Table master4 -ControlSocket $a).Routes; $n = 0; Get-BirdRoute -Table master4 -ControlSocket $a | ForEach-Object { $n++ }; $n").Select(one => Convert.ToInt64(one.BaseObject, CultureInfo.InvariantCulture)));
        using RunningPipeline first = _engine.Start("Get-BirdRoute -ControlSocket $a | ForEach-Object { $_.Type; while ($true) { } }", ("a", _control));
        Assert.Equal("unreachable", first.WaitForOutput(1)[0].ToString());
        first.Stop();
        Assert.Equal("Running", Assert.Single(Succeed("(Get-BirdStatus -ControlSocket $a).State")).ToString());
    }

    [Fact]
    public void A_daemon_that_dies_while_it_is_read_is_an_error_and_its_successor_answers()
    {
        EngineResult result = _engine.Run("$n = 0; Get-BirdRoute -ControlSocket $a | ForEach-Object { if (++$n -eq 10) { kill -9 $id }; $_.Prefix }", ("a", _control), ("id", Id()));
        Assert.Equal(["BirdConnectionClosed"], result.ErrorIds);
        Assert.InRange(result.Output.Count, 10, Routes - 1);
        AwaitItsEnd();
        Start();
        Assert.Equal("Running", Assert.Single(Succeed("(Get-BirdStatus -ControlSocket $a).State")).ToString());
    }

    [Fact]
    public void A_configuration_while_it_is_read_is_an_error_or_a_whole_table()
    {
        string other = Path.Combine(_world.Folder, "other.conf");
        File.WriteAllText(other, File.ReadAllText(_file).Replace("protocol static BIG", "protocol static MORE { ipv4; route 192.0.2.0/24 unreachable; }\nprotocol static BIG", StringComparison.Ordinal));
        EngineResult result = _engine.Run(
            "$n = 0; Get-BirdRoute -Protocol BIG -ControlSocket $a | ForEach-Object { if (++$n -eq 10) { $null = Update-BirdConfig $other -ControlSocket $a }; $_.Prefix }", ("a", _control), ("other", other));
        if (result.Errors.Count > 0)
            Assert.Equal(["BirdReconfigured"], result.ErrorIds);
        else
            Assert.Equal(Routes, result.Output.Count);
        Succeed("$null = Wait-BirdProtocol MORE -ControlSocket $a");
    }

    [Fact]
    public void A_client_that_asked_for_the_table_and_does_not_read_it_holds_up_nobody()
    {
        using var stuck = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        stuck.Connect(new UnixDomainSocketEndPoint(_control));
        stuck.Send("show route all\n"u8);
        Assert.True(stuck.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead), "BIRD answers the other client");
        Assert.Equal("Running", Assert.Single(Succeed("(Get-BirdStatus -ControlSocket $a).State")).ToString());
        Assert.Equal((long)Routes, Assert.Single(Succeed("(Get-BirdRoute -Count -Table master4 -ControlSocket $a).Routes")).BaseObject);
        string result = Assert.Single(Succeed("(Update-BirdConfig -ControlSocket $a).Result")).ToString();
        Assert.Contains(result, s_loaded);
        Assert.Equal("10.0.0.0/28", Assert.Single(Succeed("(Get-BirdRoute 10.0.0.0/28 -ControlSocket $a).Prefix")).ToString());
    }

    [Fact]
    public void A_watch_goes_on_across_a_restart_and_a_wait_too()
    {
        using RunningPipeline watch = _engine.Start("Watch-BirdProtocol BIG -Interval 20 -ControlSocket $a", ("a", _control));
        using var other = new EngineSession();

        // The watch has begun when it tells of a switch.
        Wait.Until(
            () =>
            {
                other.Succeed("Restart-BirdProtocol BIG -ControlSocket $a", ("a", _control));
                Thread.Sleep(100);
                return watch.Output.Count > 0 || watch.IsCompleted;
            },
            "a first change to be told");
        Native.Succeed("kill", "-9", $"{Id()}");
        AwaitItsEnd();
        Wait.Until(() => Kinds(watch).Contains("DaemonGone"), "the daemon to be told of as gone");
        using RunningPipeline wait = other.Start("Wait-BirdProtocol BIG -State up -Timeout 60 -ControlSocket $a", ("a", _control));
        Assert.Equal(["BirdConnectionRefused"], wait.Finish().ErrorIds);
        Start();
        Wait.Until(() => Kinds(watch).Contains("DaemonBack"), "the daemon to be told of as back");
        Assert.Single(Kinds(watch), "DaemonGone");
        other.Succeed("$null = Wait-BirdProtocol BIG -State up -Timeout 60 -ControlSocket $a; Disable-BirdProtocol BIG -ControlSocket $a", ("a", _control));
        Wait.Until(() => watch.Output.Any(change => (string?)change.Properties["After"].Value == "down"), "the change after the restart");
        Assert.False(watch.IsCompleted);
        watch.Stop();
    }

    // Of assemblies the runtime keeps the files open, and loads some late; its pool takes more threads on a machine that stands still at times.
    [Fact]
    public void A_thousand_readings_leave_no_descriptor_and_no_thread()
    {
        const string Script = """
            Import-Module $module
            function count { [IO.Directory]::GetFileSystemEntries('/proc/self/fd').Where({ "$([IO.FileInfo]::new($_).LinkTarget)" -notlike '*.dll' }).Count; [Diagnostics.Process]::GetCurrentProcess().Threads.Count }
            function read($times) {
                foreach ($i in 1..$times) {
                    $null = Get-BirdStatus -ControlSocket $control
                    do { Get-BirdRoute -ControlSocket $control | ForEach-Object { break } } while ($false)
                    $null = Get-BirdRoute 192.0.2.0/24 -ControlSocket $control -ErrorAction Ignore
                    $null = Get-BirdStatus -ControlSocket "$control.none" -ErrorAction Ignore
                }
            }
            read 20
            [GC]::Collect(); [GC]::WaitForPendingFinalizers()
            $before = count
            read 350
            [GC]::Collect(); [GC]::WaitForPendingFinalizers()
            $after = count
            "$before $after"
            """;
        string file = Path.Combine(_world.Folder, "leak.ps1");
        File.WriteAllText(file, $"$module = '{BuiltModule.Manifest}'; $control = '{_control}'\n" + Script);
        int[] counts = [.. Native.Succeed(BuiltModule.Shell, "-NoProfile", file).Trim().Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        Assert.InRange(counts[2] - counts[0], -100, 8);
        Assert.InRange(counts[3] - counts[1], -100, 20);
    }

    // Half a million routes would be some 150 MB if anything kept them.
    [Fact]
    public void Memory_does_not_grow_with_the_table()
    {
        const string Script = """
            Import-Module $module
            function peak { [int] [IO.File]::ReadAllLines('/proc/self/status').Where({ $_.StartsWith('VmHWM') })[0].Split(' ')[-2] }
            Get-BirdRoute 10.0.0.0/28 -Detail -ControlSocket $control > $null
            $before = peak
            1..5 | ForEach-Object { Get-BirdRoute -Detail -ControlSocket $control } > $null
            (peak) - $before
            """;
        string file = Path.Combine(_world.Folder, "peak.ps1");
        File.WriteAllText(file, $"$module = '{BuiltModule.Manifest}'; $control = '{_control}'\n" + Script);
        Assert.InRange(int.Parse(Native.Succeed(BuiltModule.Shell, "-NoProfile", file), CultureInfo.InvariantCulture), 0, 60_000);
    }

    private static IEnumerable<string?> Kinds(RunningPipeline watch) => watch.Output.Select(change => (string?)change.Properties["Kind"].Value);

    private void Start() => Native.Succeed("ip", "netns", "exec", _namespace, _program.Daemon, "-c", _file, "-s", _control, "-P", Path.Combine(_world.Folder, "bird.pid"));

    // A daemon that was killed closes its sockets one after the other: readers may have heard of its end while it can still be connected to.
    private void AwaitItsEnd() => Wait.Until(() => !UnixSocket.IsServed(_control), "BIRD's control socket to be closed");

    // The daemon writes it after it has gone into the background.
    private int Id()
    {
        int id = 0;
        Wait.Until(() => int.TryParse(File.ReadAllText(Path.Combine(_world.Folder, "bird.pid")), CultureInfo.InvariantCulture, out id) && Directory.Exists($"/proc/{id}"), "BIRD's process id");
        return id;
    }

    private IReadOnlyList<PSObject> Succeed(string script) => _engine.Succeed(script, ("a", _control));
}
