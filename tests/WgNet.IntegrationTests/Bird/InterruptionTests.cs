using System.Globalization;
using System.Management.Automation;
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
        Assert.True(first.Stop() < TimeSpan.FromSeconds(1));
        Assert.Equal("Running", Assert.Single(Succeed("(Get-BirdStatus -ControlSocket $a).State")).ToString());
    }

    [Fact]
    public void A_daemon_that_dies_while_it_is_read_is_an_error_and_its_successor_answers()
    {
        EngineResult result = _engine.Run("$n = 0; Get-BirdRoute -ControlSocket $a | ForEach-Object { if (++$n -eq 10) { kill -9 $id }; $_.Prefix }", ("a", _control), ("id", Id()));
        Assert.Equal(["BirdConnectionClosed"], result.ErrorIds);
        Assert.InRange(result.Output.Count, 10, Routes - 1);
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

    private void Start() => Native.Succeed("ip", "netns", "exec", _namespace, _program.Daemon, "-c", _file, "-s", _control, "-P", Path.Combine(_world.Folder, "bird.pid"));

    private int Id() => int.Parse(File.ReadAllText(Path.Combine(_world.Folder, "bird.pid")), CultureInfo.InvariantCulture);

    private IReadOnlyList<PSObject> Succeed(string script) => _engine.Succeed(script, ("a", _control));
}
