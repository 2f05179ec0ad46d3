using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

public sealed class SessionBird20Tests(SharedBirdPair<InstalledBird> shared) : SessionTests<InstalledBird>(shared);

public sealed class SessionBird217Tests(SharedBirdPair<NewerBird> shared) : SessionTests<NewerBird>(shared);

public sealed class SessionBird3Tests(SharedBirdPair<Bird3> shared) : SessionTests<Bird3>(shared);

/// <summary>What a session asks a live BIRD for: whole times, no rights; what reloads and watches see.</summary>
public abstract class SessionTests<TProgram> : IClassFixture<SharedBirdPair<TProgram>>, IDisposable
    where TProgram : BirdProgram, new()
{
    private static readonly string[] s_verbs = ["Enable", "Disable"];

    private readonly BirdPair _pair;
    private readonly EngineSession _engine = new();

    protected SessionTests(SharedBirdPair<TProgram> shared) => _pair = shared.Pair;

    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Times_are_exact_to_the_millisecond_and_have_their_dates_where_BIRD_can()
    {
        foreach (PSObject one in Succeed("Get-BirdProtocol -ControlSocket $a; Get-BirdRoute -ControlSocket $a; Get-BirdBfdSession -ControlSocket $a"))
        {
            Assert.Equal(TimeSpan.FromMilliseconds(1), Value(one, "SincePrecision"));
            Assert.InRange((DateTime)Value(one, "Since")!, DateTime.Now.AddMinutes(-5), DateTime.Now.AddSeconds(5));
            Assert.Equal(_pair.Program.Version != "2.0", ((string)Value(one, "SinceText")!).Contains('-', StringComparison.Ordinal));
        }

        // Raw commands show what the operator configured: no date.
        Assert.DoesNotMatch(@"\d{4}-\d{2}-\d{2}", Succeed("Invoke-BirdCommand 'show protocols BGP0' -ControlSocket $a")[^1].ToString());
    }

    [Fact]
    public void A_read_only_session_cannot_change_anything()
    {
        Assert.Equal("2", Assert.Single(Succeed("Invoke-BirdCommand 'eval 1 + 1' -ReadOnly -ControlSocket $a")).ToString());
        foreach (string command in new[] { "disable BGP0", "restart BGP0", "configure", "down" })
            Assert.Equal(ErrorCategory.PermissionDenied, _engine.Fail("BirdAccessDenied", "Invoke-BirdCommand $command -ReadOnly -ControlSocket $a", ("a", _pair.SocketA), ("command", command)).CategoryInfo.Category);
        Assert.Equal("Established", Value(Assert.Single(Succeed("Get-BirdProtocol BGP0 -ControlSocket $a")), "SessionState"));
    }

    [Fact]
    public void Memory_symbols_and_topology_are_what_birdc_shows()
    {
        string memory = _pair.BirdcA("show", "memory");
        IReadOnlyList<PSObject> counts = Succeed("Get-BirdMemory -ControlSocket $a");
        Assert.All(counts, count => Assert.Contains($"{Value(count, "Name")}:", memory, StringComparison.Ordinal));
        Assert.Equal(memory.Split('\n').Count(line => line.Contains(':', StringComparison.Ordinal)), counts.Count);
        Assert.InRange((long)Value(counts.Single(count => (string)Value(count, "Name")! == "Total"), "Effective")!, 10_000, 100_000_000);

        Assert.Equal(["BFD", "BGP0", "BGP1", "KERNEL4"], Succeed("Get-BirdSymbol B*, K* -Kind protocol -ControlSocket $a").Select(one => (string)Value(one, "Name")!).Order(StringComparer.Ordinal));
        Assert.Contains("NEIGHBOUR", Succeed("Get-BirdSymbol -ControlSocket $a").Select(one => Value(one, "Name")));

        Wait.Until(() => Succeed("Get-BirdOspfTopology OSPF4 -ControlSocket $a").Count == 3, "both routers and their network");
        string state = _pair.BirdcA("show", "ospf", "topology", "OSPF4");
        Assert.All(Succeed("Get-BirdOspfTopology -ControlSocket $a"), node => Assert.Contains($"{Value(node, "Kind")} {Value(node, "Id")}", state, StringComparison.Ordinal));
        Assert.Equal(10L, Value(Succeed("Get-BirdOspfTopology -ControlSocket $a | Where-Object Id -eq 10.0.0.2").Single(), "Distance"));
        _engine.Fail("BirdProtocolNotFound", "Get-BirdOspfTopology NOPE -ControlSocket $a", ("a", _pair.SocketA));
    }

    [Fact]
    public void Static_routes_are_what_is_configured_and_say_whether_they_can_be_used()
    {
        PSObject[] routes = [.. Succeed("Get-BirdStaticRoute -ControlSocket $a")];
        Assert.Equal(["192.0.2.0/25 blackhole", "192.0.2.128/25 unreachable", "198.51.100.0/24 unicast", "203.0.113.0/24 prohibited"], routes.Select(route => $"{Value(route, "Prefix")} {Value(route, "Type")}"));
        Assert.Equal(["STATIC4", "STATIC4", "STATIC4", "odd-name.4"], routes.Select(route => Value(route, "Protocol")));
        Assert.Equal(["10.0.0.2", "10.0.1.2"], ((Array)Value(routes[2], "NextHops")!).Cast<object>().Select(hop => hop.ToString()));
        Assert.All(routes, route => Assert.Equal(true, Value(route, "Active")));
        Assert.Single(Succeed("Get-BirdStaticRoute odd-name.4 -ControlSocket $a"));
        _engine.Fail("BirdProtocolNotFound", "Get-BirdStaticRoute BGP0 -ControlSocket $a", ("a", _pair.SocketA));
    }

    [Fact]
    public void Advertisements_are_those_of_both_routers()
    {
        PSObject[] all = [];

        // Routers advertise themselves anew while they find each other: the witness may have seen a later one.
        Wait.Until(
            () =>
            {
                all = [.. Succeed("Get-BirdOspfLsa -ControlSocket $a")];
                string witness = _pair.BirdcA("show", "ospf", "lsadb", "OSPF4");
                return all.Length == 3 && all.All(one => witness.Contains($"{(int)Value(one, "Checksum")!:x4}", StringComparison.Ordinal));
            },
            "two routers and their network to be advertised, as birdc shows them");
        Assert.Equal(["10.0.0.1", "10.0.0.2"], all.Where(one => (string)Value(one, "TypeName")! == "Router").Select(one => (string)Value(one, "AdvertisingRouter")!).Order(StringComparer.Ordinal));
        Assert.All(all, one => Assert.Equal(("OSPF4", "0.0.0.0"), (Value(one, "Protocol"), Value(one, "Area"))));
    }

    [Fact]
    public void OSPF_knows_its_areas_and_interfaces()
    {
        Wait.Until(() => Succeed("(Get-BirdOspfStatus -ControlSocket $a).Areas | Where-Object AdjacentNeighbors -eq 1").Count == 1, "the neighbour to be full");
        PSObject status = Assert.Single(Succeed("Get-BirdOspfStatus OSPF4 -ControlSocket $a"));
        string witness = _pair.BirdcA("show", "ospf", "OSPF4");
        Assert.Equal(("OSPF4", false, 1), (Value(status, "Protocol"), Value(status, "StubRouter"), Value(status, "AreaCount")));
        Assert.Empty((Array)Value(status, "OtherLines")!);
        Assert.Contains("[BACKBONE]", witness, StringComparison.Ordinal);
        PSObject area = Assert.Single(Succeed("(Get-BirdOspfStatus -ControlSocket $a).Areas"));
        Assert.Equal(("0.0.0.0", true, 1, 1), (Value(area, "Id"), Value(area, "Backbone"), Value(area, "Interfaces"), Value(area, "Neighbors")));

        // The election is over when both are designated, each for one part: whoever was late is the backup, and for a moment one is both.
        Wait.Until(
            () => Succeed("Get-BirdOspfInterface -ControlSocket $a | ForEach-Object { $_.DesignatedRouter; $_.BackupDesignatedRouterAddress }")
                .Select(one => $"{one}").Order(StringComparer.Ordinal).SequenceEqual(["10.0.0.1", "10.0.0.2"]),
            "the election");
        PSObject one = Assert.Single(Succeed("Get-BirdOspfInterface -ControlSocket $a"));
        Assert.Equal(("OSPF4", "eth0", "10.0.0.0/24", "broadcast", "0.0.0.0", 10), (Value(one, "Protocol"), Value(one, "Name"), Value(one, "Prefix"), Value(one, "Type"), Value(one, "Area"), Value(one, "Cost")));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)), (Value(one, "HelloInterval"), Value(one, "WaitInterval"), Value(one, "DeadInterval")));
        Assert.Contains($"State: {Value(one, "State")}", _pair.BirdcA("show", "ospf", "interface", "OSPF4"), StringComparison.Ordinal);
        Assert.Empty((Array)Value(one, "OtherLines")!);
        _engine.Fail("BirdProtocolNotFound", "Get-BirdOspfInterface BGP0 -ControlSocket $a", ("a", _pair.SocketA));
        _engine.Fail("BirdProtocolNotFound", "Get-BirdOspfStatus NOPE -ControlSocket $a", ("a", _pair.SocketA));
    }

    [Fact]
    public void Babel_and_RIP_know_their_neighbours()
    {
        Wait.Until(() => Succeed("Get-BirdBabelRoute -ControlSocket $a | Where-Object Selected").Count == 2, "the neighbour's routes by Babel");
        Assert.Equal(["10.2.0.0/16", "10.3.0.0/16"], Succeed("Get-BirdBabelRoute MESH -ControlSocket $a").Select(route => (string)Value(route, "Prefix")!).Order(StringComparer.Ordinal));
        PSObject neighbour = Assert.Single(Succeed("Get-BirdBabelNeighbor -ControlSocket $a"));
        Assert.Equal(("MESH", "eth0", 2), (Value(neighbour, "Protocol"), Value(neighbour, "InterfaceName"), Value(neighbour, "Routes")));
        Assert.Contains((string)Value(neighbour, "Address")!, _pair.BirdcA("show", "babel", "neighbors"), StringComparison.Ordinal);
        PSObject[] entries = [.. Succeed("Get-BirdBabelEntry MESH -ControlSocket $a | Where-Object Prefix -like 10.*")];
        Assert.Equal(["10.2.0.0/16 00:00:00:00:0a:00:00:02 1", "10.3.0.0/16 00:00:00:00:0a:00:00:02 1"], entries.Select(one => $"{Value(one, "Prefix")} {Value(one, "RouterId")} {Value(one, "Routes")}").Order(StringComparer.Ordinal));
        Assert.Contains("192.0.2.0/25", Succeed("Get-BirdBabelEntry -ControlSocket $a").Select(one => Value(one, "Prefix")));
        Assert.Equal(("eth0", "Up", 1, "10.0.0.1"), Succeed("Get-BirdBabelInterface -ControlSocket $a").Select(one => (Value(one, "Name"), Value(one, "State"), Value(one, "Neighbors"), Value(one, "NextHop4"))).Single());

        Wait.Until(() => Succeed("Get-BirdRipNeighbor -ControlSocket $a | Where-Object Routes -eq 2").Count == 1, "the neighbour's routes by RIP");
        Assert.Equal(("RIP4", "10.0.1.2", "eth1"), Succeed("Get-BirdRipNeighbor RIP4 -ControlSocket $a").Select(one => (Value(one, "Protocol"), Value(one, "Address"), Value(one, "InterfaceName"))).Single());
        Assert.Equal(("eth1", "Up", 1), Succeed("Get-BirdRipInterface -ControlSocket $a").Select(one => (Value(one, "Name"), Value(one, "State"), Value(one, "Neighbors"))).Single());
        _engine.Fail("BirdProtocolNotFound", "Get-BirdRipNeighbor MESH -ControlSocket $a", ("a", _pair.SocketA));
    }

    [Theory]
    [InlineData("Get-BirdStaticRoute -ControlSocket $a", "198.51.100.0/24", "10.0.1.2", "prohibited")]
    [InlineData("Get-BirdOspfLsa -ControlSocket $a", "10.0.0.1", "Router")]
    [InlineData("Get-BirdBabelInterface -ControlSocket $a", "MESH", "eth0", "10.0.0.1")]
    [InlineData("Get-BirdBabelNeighbor -ControlSocket $a", "MESH", "Hellos")]
    [InlineData("Get-BirdBabelRoute -ControlSocket $a", "10.2.0.0/16")]
    [InlineData("Get-BirdBabelEntry -ControlSocket $a", "MESH", "10.2.0.0/16", "00:00:00:00:0a:00:00:02")]
    [InlineData("Get-BirdOspfInterface -ControlSocket $a", "OSPF4", "eth0", "broadcast", "0.0.0.0")]
    [InlineData("Get-BirdOspfStatus -ControlSocket $a", "OSPF4", "0.0.0.0", "Adjacent")]
    [InlineData("Get-BirdRipInterface -ControlSocket $a", "RIP4", "eth1")]
    [InlineData("Get-BirdRipNeighbor -ControlSocket $a", "10.0.1.2")]
    [InlineData("Get-BirdMemory -ControlSocket $a", "Routing tables", "Total")]
    [InlineData("Get-BirdSymbol -Kind protocol -ControlSocket $a", "odd-name.4", "protocol")]
    [InlineData("Get-BirdOspfTopology -ControlSocket $a", "10.0.0.1", "router")]
    public void Tables_fit_a_terminal_of_80_columns(string script, params string[] expected)
    {
        Wait.Until(() => Succeed("(Get-BirdOspfLsa -ControlSocket $a).Count -ge 1 -and @(Get-BirdBabelRoute -ControlSocket $a | Where-Object Selected).Count -ge 2 -and @(Get-BirdRipNeighbor -ControlSocket $a).Count -eq 1")[0].BaseObject is true, "neighbours to be found");
        string text = _engine.Text(script, 80, ("a", _pair.SocketA));
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.All(expected, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Routes_go_through_their_filters_again_and_the_session_stays_up()
    {
        long Received()
        {
            IReadOnlyList<PSObject> updates = Succeed("(Get-BirdProtocol BGP1 -Detail -ControlSocket $a).Channels.RouteChanges | Where-Object Name -eq 'Import updates'");
            Assert.True(updates.Count == 1, _pair.BirdcA("show", "protocols", "all", "BGP1"));
            return (long)Value(updates[0], "Received")!;
        }

        var since = (DateTime)Value(Assert.Single(Succeed("Get-BirdProtocol BGP1 -ControlSocket $a")), "Since")!;
        long before = Received();
        Succeed("Sync-BirdProtocol BGP1 -WhatIf -ControlSocket $a");
        Assert.Equal(before, Received());
        Succeed("Sync-BirdProtocol BGP1 -Direction In -ControlSocket $a");
        Wait.Until(() => Received() > before, "the neighbour's routes to come again");
        Assert.Equal("BGP1", Value(Assert.Single(Succeed("Sync-BirdProtocol bgp1 -Direction Out -PassThru -ControlSocket $a")), "Name"));
        Succeed("Sync-BirdProtocol STATIC4 -ControlSocket $a");
        BirdMoment.AssertSame(since, (DateTime)Value(Assert.Single(Succeed("Get-BirdProtocol BGP1 -ControlSocket $a")), "Since")!);
        _engine.Fail("BirdProtocolNotFound", "Sync-BirdProtocol NOPE -ControlSocket $a", ("a", _pair.SocketA));
    }

    [Fact]
    public void A_watch_tells_of_a_session_that_goes_and_comes_back()
    {
        using RunningPipeline watch = _engine.Start("Watch-BirdProtocol SPARE* -Interval 20 -ControlSocket $a", ("a", _pair.SocketA));
        using var other = new EngineSession();

        // Each switch is a change of its own; again and again, so that it does not matter when the watch has begun.
        Wait.Until(
            () =>
            {
                foreach (string verb in s_verbs)
                {
                    other.Succeed($"{verb}-BirdProtocol SPARE -ControlSocket $a", ("a", _pair.SocketA));
                    Thread.Sleep(100);
                }

                return watch.Output.Count >= 2 || watch.IsCompleted;
            },
            "two changes to be told");
        PSObject[] changes = [.. watch.WaitForOutput(2).Take(2)];
        watch.Stop();
        Assert.All(changes, change => Assert.Equal(("SPARE", "Changed"), (Value(change, "Name"), Value(change, "Kind"))));

        // A look that came too late for one state sees the same one twice, with a later time.
        Assert.Equal(Value(changes[0], "After"), Value(changes[1], "Before"));
    }

    private IReadOnlyList<PSObject> Succeed(string script) => _engine.Succeed(script, ("a", _pair.SocketA));

    private static object? Value(PSObject item, string property) => item.Properties[property].Value;
}
