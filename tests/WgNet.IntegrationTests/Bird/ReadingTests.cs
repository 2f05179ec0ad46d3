using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

public sealed class ReadingBird20Tests(SharedBirdPair<InstalledBird> shared) : ReadingTests<InstalledBird>(shared);

public sealed class ReadingBird217Tests(SharedBirdPair<NewerBird> shared) : ReadingTests<NewerBird>(shared);

public sealed class ReadingBird3Tests(SharedBirdPair<Bird3> shared) : ReadingTests<Bird3>(shared);

/// <summary>The reading cmdlets against two live BIRDs, with birdc and ip as witnesses.</summary>
public abstract class ReadingTests<TProgram> : IClassFixture<SharedBirdPair<TProgram>>, IDisposable
    where TProgram : BirdProgram, new()
{
    private readonly BirdPair _pair;
    private readonly EngineSession _engine = new();

    protected ReadingTests(SharedBirdPair<TProgram> shared) => _pair = shared.Pair;

    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Status_is_what_birdc_says()
    {
        PSObject status = Assert.Single(Succeed("Get-BirdStatus -ControlSocket $a"));
        string witness = _pair.BirdcA("show", "status");
        Assert.Contains($"BIRD {Value(status, "Version")}", witness, StringComparison.Ordinal);
        Assert.StartsWith(_pair.Program.Version, (string)Value(status, "Version")!, StringComparison.Ordinal);
        Assert.Contains($"Router ID is {Value(status, "RouterId")}", witness, StringComparison.Ordinal);
        Assert.Equal("Running", Value(status, "State"));
        Assert.Equal(_pair.SocketA, Value(status, "ControlSocket"));
        Assert.InRange((DateTime)Value(status, "ServerTime")!, DateTime.Now.AddMinutes(-1), DateTime.Now.AddMinutes(1));
    }

    [Fact]
    public void Protocols_are_those_that_birdc_lists()
    {
        string[] witness = [.. _pair.BirdcA("show", "protocols").Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 4 && words[0] is not ("BIRD" or "Name"))
            .Select(words => $"{words[0]} {words[1]} {words[3]}")];
        Assert.Equal(witness, Succeed("Get-BirdProtocol -ControlSocket $a").Select(one => $"{Value(one, "Name")} {Value(one, "Protocol")} {Value(one, "State")}"));
        Assert.Equal(["BGP0", "BGP1"], Names("Get-BirdProtocol bgp? -ControlSocket $a"));
        Assert.Equal(["BGP0", "odd-name.4"], Names("Get-BirdProtocol odd-name.4, bgp0 -ControlSocket $a").Order(StringComparer.Ordinal));
        Assert.Equal(["BGP0", "BGP1", "SPARE"], Names("Get-BirdProtocol -Type bgp -ControlSocket $a"));
        Assert.Equal(["BGP0", "BGP1"], Names("Get-BirdProtocol -State established -ControlSocket $a"));
        Assert.Empty(Succeed("Get-BirdProtocol nope* -ControlSocket $a"));
        Assert.Equal(ErrorCategory.ObjectNotFound, Fail("BirdProtocolNotFound", "Get-BirdProtocol nope -ControlSocket $a").CategoryInfo.Category);
        Assert.Equal(ErrorCategory.ObjectNotFound, Fail("BirdProtocolNotFound", "Get-BirdProtocol nope, BGP0 -ControlSocket $a").CategoryInfo.Category);
    }

    [Fact]
    public void A_session_in_detail_knows_its_neighbour()
    {
        PSObject session = Assert.Single(Succeed("Get-BirdProtocol BGP0 -Detail -ControlSocket $a"));
        Assert.Equal(("10.0.0.2", 65002u, 65001u, "10.0.0.2"), (Value(session, "NeighborAddress"), Value(session, "NeighborAS"), Value(session, "LocalAS"), Value(session, "NeighborId")));
        Assert.Equal(("Established", "the first cable", TimeSpan.FromSeconds(30)), (Value(session, "SessionState"), Value(session, "Description"), Value(session, "HoldTime")));
        Assert.Equal("master4 2 3", Assert.Single(Succeed("(Get-BirdProtocol BGP0 -Detail -ControlSocket $a).Channels | ForEach-Object { \"$($_.Table) $($_.Imported) $($_.Exported)\" }")).ToString());
        string witness = _pair.BirdcA("show", "protocols", "all", "BGP0");
        Assert.All(Succeed("(Get-BirdProtocol BGP0 -Detail -ControlSocket $a).Details.Keys"), key => Assert.Contains(key.ToString(), witness, StringComparison.Ordinal));
    }

    [Fact]
    public void Routes_are_as_many_as_BIRD_counts()
    {
        long counted = (long)Value(Assert.Single(Succeed("Get-BirdRoute -Count -Table master4 -ControlSocket $a")), "Routes")!;
        Assert.Contains($"{counted} of {counted} routes", _pair.BirdcA("show", "route", "table", "master4", "count"), StringComparison.Ordinal);
        Assert.Equal(counted, Succeed("Get-BirdRoute -Table master4 -ControlSocket $a").Count);
        Assert.Equal(["master4", "master6", "other4"], Succeed("Get-BirdRoute -Count -Table * -ControlSocket $a").Select(count => (string)Value(count, "Table")!).Order(StringComparer.Ordinal));
        Assert.Equal(["203.0.113.0/24"], Succeed("Get-BirdRoute -Table other* -ControlSocket $a").Select(route => Value(route, "Prefix")));
    }

    [Fact]
    public void Counting_fetches_no_route_as_the_daemons_log_of_commands_shows()
    {
        string log = Path.Combine(_pair.Folder, "a.log");
        string[] Asked(string script)
        {
            int before = File.ReadAllLines(log).Length;
            Succeed(script);
            return [.. File.ReadAllLines(log)[before..].Where(line => line.Contains("show route", StringComparison.Ordinal))];
        }

        Assert.EndsWith("show route", Assert.Single(Asked("Get-BirdRoute -ControlSocket $a")), StringComparison.Ordinal);
        Assert.EndsWith("show route count", Assert.Single(Asked("Get-BirdRoute -Count -ControlSocket $a")), StringComparison.Ordinal);
        string[] counts = Asked("Get-BirdProtocol BGP* -ControlSocket $a | Get-BirdRoute -Count -Table master* -Filter 'net.len > 8' -Primary -Detail");
        Assert.NotEmpty(counts);
        Assert.All(counts, line => Assert.EndsWith(" count", line, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_kernel_is_given_has_two_next_hops_and_the_kernel_has_them()
    {
        PSObject route = Assert.Single(Succeed("Get-BirdRoute 10.2.0.0/16 -Export KERNEL4 -ControlSocket $a"));
        Assert.Equal("10.0.0.2 eth0, 10.0.1.2 eth1", string.Join(", ", ((Array)Value(route, "NextHops")!).Cast<object>()));
        string kernel = Native.Ip($"-n {_pair.NamespaceA} route show 10.2.0.0/16");
        Assert.Contains("nexthop via 10.0.0.2 dev eth0", kernel, StringComparison.Ordinal);
        Assert.Contains("nexthop via 10.0.1.2 dev eth1", kernel, StringComparison.Ordinal);
        Assert.Equal(["BGP0", "BGP1"], Succeed("Get-BirdRoute 10.2.0.0/16 -ControlSocket $a").Select(one => (string)Value(one, "Protocol")!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Routes_are_chosen_by_the_daemon()
    {
        Assert.Equal(["192.0.2.0/25", "192.0.2.128/25"], Prefixes("Get-BirdRoute -Within 192.0.2.0/24 -ControlSocket $a"));
        Assert.Equal(["192.0.2.0/25"], Prefixes("Get-BirdRoute -For 192.0.2.5 -ControlSocket $a"));
        Assert.Equal(["10.2.0.0/16", "10.3.0.0/16"], Prefixes("Get-BirdRoute -Protocol BGP1 -ControlSocket $a"));
        Assert.Equal(["10.2.0.0/16", "10.3.0.0/16"], Prefixes("Get-BirdRoute -Filter 'bgp_path ~ [= 65002 =]' -Primary -ControlSocket $a"));
        Assert.Equal(["192.0.2.0/25"], Prefixes("Get-BirdRoute -Filter '(65001,666) ~ bgp_community' -ControlSocket $a"));
        Assert.Equal(["203.0.113.0/24"], Prefixes("Get-BirdRoute -Protocol odd-name.4 -Table other4 -ControlSocket $a"));
        Assert.Equal(["192.0.2.0/25", "198.51.100.0/24"], Prefixes("Get-BirdRoute 192.0.2.0/25, 198.51.100.0/24 -ControlSocket $a"));
        Assert.Empty(Succeed("Get-BirdRoute -Filtered -ControlSocket $a"));
    }

    [Fact]
    public void Attributes_arrive_as_values()
    {
        PSObject route = Assert.Single(Succeed("Get-BirdRoute 10.2.0.0/16 -Primary -Detail -ControlSocket $a"));
        Assert.Equal(("65002", "IGP", 50u, 100u), (Value(route, "AsPath"), Value(route, "Origin"), Value(route, "Med"), Value(route, "LocalPref")));
        Assert.Equal(["65002:7"], (string[])Value(route, "Communities")!);
        Assert.Equal("... 65002", Value(Assert.Single(Succeed("Get-BirdRoute 10.2.0.0/16 -Primary -ControlSocket $a")), "AsPath"));
        PSObject unreachable = Assert.Single(Succeed("Get-BirdRoute 192.0.2.128/25 -Detail -ControlSocket $a"));
        Assert.Equal(("unreachable", "static"), (Value(unreachable, "Type"), Value(unreachable, "Source")));
        Assert.Equal(["65001:1:2"], (string[])Value(unreachable, "LargeCommunities")!);
    }

    [Theory]
    [InlineData("BirdRouteNotFound", ErrorCategory.ObjectNotFound, "Get-BirdRoute 172.16.0.0/12 -ControlSocket $a")]
    [InlineData("BirdRouteNotFound", ErrorCategory.ObjectNotFound, "Get-BirdRoute -For 172.16.0.1 -ControlSocket $a")]
    [InlineData("BirdProtocolNotFound", ErrorCategory.ObjectNotFound, "Get-BirdRoute -Protocol NOPE -ControlSocket $a")]
    [InlineData("BirdProtocolNotFound", ErrorCategory.ObjectNotFound, "Get-BirdRoute -Export NOPE -Count -ControlSocket $a")]
    [InlineData("BirdTableNotFound", ErrorCategory.ObjectNotFound, "Get-BirdRoute -Table nope -ControlSocket $a")]
    [InlineData("BirdInvalidPrefix", ErrorCategory.InvalidArgument, "Get-BirdRoute 10.0.0.0/40 -ControlSocket $a")]
    [InlineData("BirdInvalidFilter", ErrorCategory.InvalidArgument, "Get-BirdRoute -Filter 'true) all (true' -ControlSocket $a")]
    [InlineData("BirdInvalidCommand", ErrorCategory.InvalidArgument, "Get-BirdRoute -Filter \"true`nconfigure\" -ControlSocket $a")]
    [InlineData("BirdInvalidName", ErrorCategory.InvalidArgument, "Get-BirdRoute -Protocol 'a b' -ControlSocket $a")]
    [InlineData("BirdSyntaxError", ErrorCategory.InvalidArgument, "Get-BirdRoute -Filter 'no such words' -ControlSocket $a")]
    [InlineData("BirdSyntaxError", ErrorCategory.InvalidArgument, "Get-BirdRoute 10.2.0.1/16 -ControlSocket $a")]
    public void Questions_that_cannot_be_answered_are_errors(string id, ErrorCategory category, string script) =>
        Assert.Equal(category, Fail(id, script).CategoryInfo.Category);

    [Fact]
    public void Interfaces_have_the_addresses_that_ip_shows()
    {
        PSObject one = Assert.Single(Succeed("Get-BirdInterface eth1 -ControlSocket $a"));
        Assert.Equal(("up", 1500), (Value(one, "State"), Value(one, "Mtu")));
        Assert.Contains("10.0.1.1/24", ((Array)Value(one, "Addresses")!).Cast<object>().Select(address => address.ToString()));
        Assert.Equal(["eth0", "eth1", "lo"], Names("Get-BirdInterface -ControlSocket $a").Order(StringComparer.Ordinal));
        Assert.Equal(ErrorCategory.ObjectNotFound, Fail("BirdInterfaceNotFound", "Get-BirdInterface wg9 -ControlSocket $a").CategoryInfo.Category);
    }

    [Fact]
    public void Neighbours_and_sessions_are_there()
    {
        Succeed("Wait-BirdProtocol OSPF4 -State Running -ControlSocket $a");
        Wait.Until(() => Succeed("Get-BirdOspfNeighbor -ControlSocket $a").Any(one => (string)Value(one, "State")! == "Full"), "the OSPF neighbour");
        PSObject neighbour = Assert.Single(Succeed("Get-BirdOspfNeighbor -ControlSocket $a"));
        Assert.Equal(("OSPF4", "10.0.0.2", "Full", "eth0", "10.0.0.2"), (Value(neighbour, "Protocol"), Value(neighbour, "RouterId"), Value(neighbour, "State"), Value(neighbour, "InterfaceName"), Value(neighbour, "Address")));
        Assert.Equal(["10.0.0.2", "10.0.1.2"], Succeed("Get-BirdBfdSession BFD -ControlSocket $a").Select(session => (string)Value(session, "Address")!).Order(StringComparer.Ordinal));
        Fail("BirdProtocolNotFound", "Get-BirdOspfNeighbor NOPE -ControlSocket $a");
    }

    [Fact]
    public void Objects_find_their_daemon_again_and_wildcards_find_daemons()
    {
        Assert.Equal([_pair.SocketA, _pair.SocketB], Succeed("Get-BirdStatus -ControlSocket \"$folder/*.ctl\"").Select(status => Value(status, "ControlSocket")));
        Assert.Equal(["BGP0", "BGP0"], Names("Get-BirdProtocol BGP0 -ControlSocket $a, $b | Get-BirdProtocol -Detail"));
        Assert.Equal(["BGP0", "BGP0", "BGP1", "BGP1"], Succeed("Get-BirdProtocol BGP* -ControlSocket $a | Get-BirdRoute").Select(route => Value(route, "Protocol")));
        Assert.Equal(["BGP0", "BGP1"], Succeed("Get-BirdRoute 10.2.0.0/16 -ControlSocket $a | Get-BirdRoute -Primary:$false -Detail").Select(route => (string)Value(route, "Protocol")!).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(Succeed("Get-BirdStatus -ControlSocket \"$folder/*.nothing\""));
    }

    [Theory]
    [InlineData("Get-BirdProtocol -ControlSocket SOCKET -Name BG", "BGP0 BGP1")]
    [InlineData("Get-BirdProtocol -ControlSocket SOCKET -Name odd", "odd-name.4")]
    [InlineData("Get-BirdRoute -ControlSocket SOCKET -Export K", "KERNEL4")]
    [InlineData("Get-BirdRoute -ControlSocket SOCKET -Table m", "master4 master6")]
    [InlineData("Get-BirdOspfNeighbor -ControlSocket SOCKET -Protocol ", "OSPF4")]
    [InlineData("Wait-BirdProtocol -State Est", "Established")]
    public void The_tab_key_knows_what_the_daemon_knows(string typed, string expected)
    {
        string line = typed.Replace("SOCKET", _pair.SocketA, StringComparison.Ordinal);
        string Found() => string.Join(' ', _engine.Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText", ("line", line)));

        // A daemon that stands still for a second is given up: nobody waits longer for a key.
        string found = Found();
        for (int again = 0; again < 2 && found != expected; again++)
            found = Found();
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("Get-BirdStatus -ControlSocket $a", "Version", "RouterId")]
    [InlineData("Get-BirdProtocol -ControlSocket $a", "odd-name.4", "Established")]
    [InlineData("Get-BirdRoute -ControlSocket $a", "198.51.100.0/24", "10.0.0.2 eth0 x3", "10.0.1.2 eth1", "blackhole", "... 65002")]
    [InlineData("Get-BirdRoute -Export KERNEL4 -Detail -ControlSocket $a", "10.2.0.0/16", "10.0.0.2 eth0", "10.0.1.2 eth1", "65002")]
    [InlineData("Get-BirdRoute -Count -ControlSocket $a", "master4", "master6")]
    [InlineData("(Get-BirdProtocol BGP0 -Detail -ControlSocket $a).Channels", "ipv4", "master4", "(unnamed)")]
    [InlineData("Get-BirdInterface -ControlSocket $a", "eth0", "10.0.0.1/24", "fd00::1/64")]
    [InlineData("Get-BirdBfdSession -ControlSocket $a", "10.0.0.2", "10.000")]
    [InlineData("Invoke-BirdCommand 'show memory' -ControlSocket $a", "1018", "BIRD memory usage")]
    [InlineData("Update-BirdConfig -Check -ControlSocket $a", "Valid", "Configuration OK")]
    public void Tables_fit_a_terminal_of_80_columns_and_cut_nothing(string script, params string[] expected)
    {
        string text = _engine.Text(script, 80, ("a", _pair.SocketA));
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.DoesNotContain("\u2026", text, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private IReadOnlyList<PSObject> Succeed(string script) => _engine.Succeed(script, ("a", _pair.SocketA), ("b", _pair.SocketB), ("folder", _pair.Folder));

    private ErrorRecord Fail(string id, string script) => _engine.Fail(id, script, ("a", _pair.SocketA), ("b", _pair.SocketB));

    private IEnumerable<string> Names(string script) => Succeed(script).Select(one => (string)Value(one, "Name")!);

    private IEnumerable<string> Prefixes(string script) => Succeed(script).Select(one => (string)Value(one, "Prefix")!).Distinct().Order(StringComparer.Ordinal);

    private static object? Value(PSObject item, string property) => item.Properties[property].Value;
}
