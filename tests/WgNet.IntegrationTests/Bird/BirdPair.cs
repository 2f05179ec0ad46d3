using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

/// <summary>
/// Two BIRDs in two namespaces, joined by two cables: a BGP session over each, so that the routes of one have two next hops in
/// the other, and OSPF, BFD, Babel and RIP beside them. BIRD's own birdc is the witness. BFD is patient: a busy machine must not close sessions.
/// </summary>
public sealed class BirdPair : IDisposable
{
    private readonly TestWorld _world;
    private readonly EngineSession _engine = new();

    public BirdPair(BirdProgram program)
    {
        Program = program;
        program.Require();
        _world = new TestWorld();
        (NamespaceA, NamespaceB) = (_world.Namespace("a"), _world.Namespace("b"));
        TestWorld.Cable(NamespaceA, NamespaceB);
        Native.Ip($"link add eth1 netns {NamespaceA} type veth peer name eth1 netns {NamespaceB}");
        foreach ((string ns, int host) in new[] { (NamespaceA, 1), (NamespaceB, 2) })
        {
            Native.Ip($"-n {ns} addr add 10.0.1.{host}/24 dev eth1");
            Native.Ip($"-n {ns} link set eth1 up");
        }

        SocketA = Start("a", NamespaceA, ConfigurationA);
        SocketB = Start("b", NamespaceB, ConfigurationB);
    }

    public BirdProgram Program { get; }

    public string NamespaceA { get; }

    public string NamespaceB { get; }

    public string SocketA { get; }

    public string SocketB { get; }

    public string Folder => _world.Folder;

    public string ConfigurationFileA => Path.Combine(Folder, "a.conf");

    public static string ConfigurationA =>
        """
        router id 10.0.0.1;
        debug commands 2;
        ipv4 table other4;
        protocol device { scan time 10; }
        protocol kernel KERNEL4 { merge paths yes; ipv4 { import none; export where source = RTS_BGP; }; }
        protocol static STATIC4 {
          ipv4;
          route 192.0.2.0/25 blackhole { bgp_community.add((65001,666)); };
          route 192.0.2.128/25 unreachable { bgp_large_community.add((65001,1,2)); };
          route 198.51.100.0/24 via 10.0.0.2 weight 3 via 10.0.1.2 weight 1;
        }
        protocol static 'odd-name.4' { ipv4 { table other4; }; route 203.0.113.0/24 prohibit; }
        protocol bfd BFD { interface "eth*" { min rx interval 200 ms; min tx interval 200 ms; multiplier 50; }; }
        protocol ospf v2 OSPF4 { ipv4 { import none; export none; }; area 0 { interface "eth0" { hello 1; wait 2; dead 10; }; }; }
        protocol babel MESH { ipv4 { import none; export where source = RTS_STATIC; }; interface "eth0" { type wired; hello interval 1 s; update interval 2 s; }; }
        protocol rip RIP4 { ipv4 { import none; export where source = RTS_STATIC; }; interface "eth1" { update time 2; }; }
        template bgp NEIGHBOUR { connect delay time 1; error wait time 1, 2; hold time 30; bfd on; ipv4 { import all; export where source = RTS_STATIC; }; }
        protocol bgp BGP0 from NEIGHBOUR { description "the first cable"; local 10.0.0.1 as 65001; neighbor 10.0.0.2 as 65002; }
        protocol bgp BGP1 from NEIGHBOUR { local 10.0.1.1 as 65001; neighbor 10.0.1.2 as 65002; }
        protocol bgp SPARE from NEIGHBOUR { disabled; local 10.0.0.1 as 65001; neighbor 10.0.0.77 as 65077; }

        """;

    private static string ConfigurationB =>
        """
        router id 10.0.0.2;
        protocol device { scan time 10; }
        protocol static STATIC4 { ipv4; route 10.2.0.0/16 blackhole { bgp_community.add((65002,7)); }; route 10.3.0.0/16 blackhole; }
        protocol bfd BFD { interface "eth*" { min rx interval 200 ms; min tx interval 200 ms; multiplier 50; }; }
        protocol ospf v2 OSPF4 { ipv4 { import none; export none; }; area 0 { interface "eth0" { hello 1; wait 2; dead 10; }; }; }
        protocol babel MESH { ipv4 { import none; export where source = RTS_STATIC; }; interface "eth0" { type wired; hello interval 1 s; update interval 2 s; }; }
        protocol rip RIP4 { ipv4 { import none; export where source = RTS_STATIC; }; interface "eth1" { update time 2; }; }
        template bgp NEIGHBOUR { connect delay time 1; error wait time 1, 2; hold time 30; bfd on; ipv4 { import all; export filter { bgp_med = 50; accept; }; }; }
        protocol bgp BGP0 from NEIGHBOUR { local 10.0.0.2 as 65002; neighbor 10.0.0.1 as 65001; }
        protocol bgp BGP1 from NEIGHBOUR { local 10.0.1.2 as 65002; neighbor 10.0.1.1 as 65001; }

        """;

    /// <summary>Itself, once both sessions stand: in their first seconds they may be closed again, and come back.</summary>
    public BirdPair Settled()
    {
        _engine.Succeed("$null = Wait-BirdProtocol BGP* -State Established -Timeout 30 -ControlSocket $a, $b", ("a", SocketA), ("b", SocketB));

        // A session stands before its routes have come, and before BFD has settled on its times.
        Wait.Until(() => Native.Ip($"-n {NamespaceA} route show 10.2.0.0/16") is string way && way.Contains("dev eth0", StringComparison.Ordinal) && way.Contains("dev eth1", StringComparison.Ordinal), "the neighbour's routes");
        Wait.Until(() => BirdcA("show", "bfd", "sessions").Split("10.000").Length == 3, "both BFD sessions");
        return this;
    }

    /// <summary>What birdc prints for a command at the first BIRD.</summary>
    public string BirdcA(params string[] command) => Native.Succeed(Program.Client, ["-s", SocketA, .. command]);

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    // BIRD goes into the background once its control socket is there; the world ends what runs in its namespaces.
    private string Start(string name, string ns, string configuration)
    {
        string file = Path.Combine(Folder, name + ".conf"), control = Path.Combine(Folder, name + ".ctl");
        File.WriteAllText(file, $"log \"{Path.Combine(Folder, name + ".log")}\" all;\n" + configuration);
        Native.Succeed("ip", "netns", "exec", ns, Program.Daemon, "-c", file, "-s", control, "-P", Path.Combine(Folder, name + ".pid"));
        return control;
    }
}

/// <summary>A pair shared by tests that only read; made by the first that asks, which is skipped where it cannot be made.</summary>
public sealed class SharedBirdPair<TProgram> : IDisposable
    where TProgram : BirdProgram, new()
{
    private BirdPair? _pair;

    public BirdPair Pair => (_pair ??= new BirdPair(new TProgram())).Settled();

    public void Dispose() => _pair?.Dispose();
}
