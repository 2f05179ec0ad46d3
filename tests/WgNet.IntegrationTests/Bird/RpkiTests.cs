using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

public sealed class RpkiBird20Tests : RpkiTests<InstalledBird>;

public sealed class RpkiBird217Tests : RpkiTests<NewerBird>;

public sealed class RpkiBird3Tests : RpkiTests<Bird3>;

/// <summary>A live BIRD that gets route origins from a cache, and waits for one that is not there.</summary>
public abstract class RpkiTests<TProgram> : IDisposable
    where TProgram : BirdProgram, new()
{
    private readonly TProgram _program = new();
    private readonly TestWorld _world;
    private readonly EngineSession _engine = new();
    private readonly string _control;

    protected RpkiTests()
    {
        _program.Require();
        _world = new TestWorld();
        _control = Path.Combine(_world.Folder, "bird.ctl");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_cache_that_answers_and_one_that_does_not()
    {
        string ns = _world.Namespace("rpki");
        string file = Path.Combine(_world.Folder, "bird.conf");
        File.WriteAllText(file, """
            router id 10.0.0.1;
            roa4 table origins4;
            protocol device { }
            protocol rpki CACHE { roa4 { table origins4; }; remote 127.0.0.1 port 8282; }
            protocol rpki NOBODY { roa4 { table origins4; }; remote 127.0.0.1 port 8283; retry 7; }
            protocol rpki OFF { disabled; roa4 { table origins4; }; remote 127.0.0.1 port 8284; }

            """);
        using var cache = new RpkiCache(_engine, ns, "127.0.0.1", 8282);
        Native.Succeed("ip", "netns", "exec", ns, _program.Daemon, "-c", file, "-s", _control, "-P", Path.Combine(_world.Folder, "bird.pid"));
        Succeed("$null = Wait-BirdProtocol CACHE -State Established -Timeout 30 -ControlSocket $a; $null = Wait-BirdProtocol NOBODY -State Transport-Error -Timeout 30 -ControlSocket $a");

        PSObject found = Assert.Single(Succeed("(Get-BirdProtocol CACHE -Detail -ControlSocket $a).RpkiCache"));
        string witness = Native.Succeed(_program.Client, "-s", _control, "show", "protocols", "all", "CACHE");
        Assert.Equal(("127.0.0.1", 8282, "Established", "Unprotected over TCP"), (Value(found, "Server"), Value(found, "Port"), Value(found, "State"), Value(found, "Transport")));
        Assert.Equal((4711, 7u), (Value(found, "SessionId"), Value(found, "SerialNumber")));
        Assert.Matches("Session ID: +4711\n", witness);
        Assert.Matches("Serial number: +7\n", witness);
        Assert.InRange((TimeSpan)Value(found, "LastUpdateAge")!, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Matches($"Protocol version: +{Value(found, "ProtocolVersion")}\n", witness);

        // The cache's own times, which its version of the protocol has.
        Assert.True((int)Value(found, "ProtocolVersion")! >= 1, witness);
        Assert.Equal((TimeSpan.FromSeconds(1800), null, TimeSpan.FromSeconds(3600)), (Value(found, "RefreshInterval"), Value(found, "RetryInterval"), Value(found, "ExpireInterval")));
        Assert.InRange((TimeSpan)Value(found, "RefreshRemaining")!, TimeSpan.FromSeconds(1700), TimeSpan.FromSeconds(1800));

        PSObject missing = Assert.Single(Succeed("(Get-BirdProtocol NOBODY -Detail -ControlSocket $a).RpkiCache"));
        Assert.Equal(("Transport-Error", 8283, TimeSpan.FromSeconds(7), null, null), (Value(missing, "State"), Value(missing, "Port"), Value(missing, "RetryInterval"), Value(missing, "SerialNumber"), Value(missing, "RefreshInterval")));
        Assert.Equal(true, Assert.Single(Succeed("$null -eq (Get-BirdProtocol OFF -Detail -ControlSocket $a).RpkiCache")).BaseObject);
        Assert.StartsWith("192.0.2.0/24-24 AS65001", (string)Value(Assert.Single(Succeed("Get-BirdRoute -Table origins4 -ControlSocket $a")), "Prefix")!, StringComparison.Ordinal);
    }

    private IReadOnlyList<PSObject> Succeed(string script) => _engine.Succeed(script, ("a", _control));

    private static object? Value(PSObject item, string property) => item.Properties[property].Value;
}
