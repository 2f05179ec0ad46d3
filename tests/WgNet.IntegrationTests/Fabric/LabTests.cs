using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>A fabric as a lab: what it is made of, and that a change touches only what changes.</summary>
public sealed class LabTests
{
    [Fact]
    public void TheArticlesFileIsBuiltChangedAndTakenDown()
    {
        using var world = new LabWorld();
        string path = Patient(world, text => text);
        PSObject lab = world.Start(path, "-ArticleKeys");
        TestContext.Current.TestOutputHelper?.WriteLine($"built in {lab.Properties["Elapsed"].Value}, works after {lab.Properties["Settled"].Value}");
        Assert.Equal(16, ((string[])lab.Properties["Namespaces"].Value).Length);
        AssertKeysAreRoots(world);
        AssertNumbers(world);
        AssertPasses(world);

        // Counters and handshakes go on, daemons stay, sessions keep the moment since which they stand.
        Dictionary<string, string> before = Snapshot(world);
        Assert.Equal(24 + 48, before.Count);
        world.Start(Patient(world, WithFourthSite));
        Assert.Equal(48, world.Engine.Succeed("Get-WgTunnel -Namespace \"$lab-*.private\"").Count);
        AssertUntouched(before, Snapshot(world), _ => true);
        world.Start(path);
        AssertUntouched(before, Snapshot(world), _ => true);
        Assert.DoesNotContain($"{world.Name}-V4", Native.Ip("netns list"), StringComparison.Ordinal);

        // Another endpoint of V2-1: those who reach it there learn it, and nothing else changes.
        world.Start(Patient(world, text => text.Replace("2001:db8:2::1'", "2001:db8:2::21'", StringComparison.Ordinal)));
        AssertUntouched(before, Snapshot(world), name => !name.EndsWith(" wg3", StringComparison.Ordinal));

        // Until it has sent from there, a packet of before may still have its peers go back to the old one.
        Wait.Until(() => Snapshot(world).Where(entry => entry.Key.EndsWith(" wg3", StringComparison.Ordinal)).All(entry => entry.Value.Contains("[2001:db8:2::21]", StringComparison.Ordinal)), "the new endpoint");
        Wait.Until(() => world.Engine.Succeed("Test-WgFabric -Lab $lab -To site2").All(Passed), "the tunnels to the new endpoint");

        world.Engine.Succeed("Get-WgFabricLab $lab | Stop-WgFabricLab");
        world.AssertNothingLeft();
    }

    [Fact]
    public void AnythingButOspfBehindTheGatewaysWorksToo()
    {
        using var world = new LabWorld();

        // Routes written down, by routers of the file; a gateway that only a name reaches, one that nobody reaches, and preshared keys.
        string path = world.Changed(text => LabWorld.With(WithRouters(text), "PresharedKeys = $true; Mtu = 1380; Routing = @{ Inside = 'Static'; Bfd = $true }")
            .Replace("Endpoint = '2001:db8:2::1'", "Endpoint = 'gateway.example.net'", StringComparison.Ordinal)
            .Replace("Endpoint = '2001:db8:3::2'", "BehindNat = $true", StringComparison.Ordinal));
        world.Start(path);
        Wait.Until(() => world.Engine.Succeed("Test-WgFabric -Lab $lab -From site1").All(Passed), "static routes to be used", TimeSpan.FromSeconds(60));


        // A gateway's BFD hears both its site's router and the far ends, in both families: what else would take a dead router's routes away?
        Assert.Equal(["172.20.1.254", "fd00:1::fe"], world.Engine.Succeed("Get-WgFabricLab $lab | ForEach-Object Gateways | Where-Object Gateway -eq V1-1 | Get-BirdBfdSession | Where-Object { $_.Address -like '*fe' -or $_.Address -like '*.254' } | ForEach-Object { \"$($_.Address)\" }")
            .Select(one => one.ToString()).Order(StringComparer.Ordinal));
        Assert.All(world.Engine.Succeed("Get-WgPeer -Namespace \"$lab-*.private\""), peer => Assert.True((bool)peer.Properties["HasPresharedKey"].Value));
        Assert.Contains(world.Engine.Succeed("Test-WgFabric -Lab $lab -From site1"), test => $"{test.Properties["Detail"].Value}".StartsWith("1380 bytes pass", StringComparison.Ordinal));
    }

    // The article's own times let a session go when the machine stands still for some seconds.
    private static string Patient(LabWorld world, Func<string, string> change) =>
        world.Changed(text => LabWorld.With(change(text), "Routing = @{ HoldTime = 30; OspfDead = 20 }"));

    private static string WithRouters(string text)
    {
        for (int site = 1; site <= 3; site++)
            text = text.Replace($"ASNumber = 6500{site};", $"ASNumber = 6500{site}; Routers = 'fd00:{site}::fe', '172.20.{site}.254';", StringComparison.Ordinal);
        return text;
    }

    private static string WithFourthSite(string text) => text[..text.LastIndexOf(')')]
        + "@{ Name = 'site4'; ASNumber = 65004; Prefixes = '2001:db8:a4::/64', '10.0.4.0/24'; Gateways = @{ Name = 'V4-1'; Endpoint = '192.0.2.41' }, @{ Name = 'V4-2'; Endpoint = '2001:db8:4::2' } })\n}\n";

    private static bool Passed(PSObject test) => (bool)test.Properties["Passed"].Value;

    private static void AssertPasses(LabWorld world)
    {
        IReadOnlyList<PSObject> tests = world.Engine.Succeed("Test-WgFabric -Lab $lab");

        // One wireguard-go that stands still for two seconds is a tunnel that does not answer.
        for (int again = 0; again < 2 && !tests.All(Passed); again++)
            tests = world.Engine.Succeed("Test-WgFabric -Lab $lab");
        Assert.Equal(48 + 60 + 12 + 12, tests.Count);
        Assert.All(tests, test => Assert.True(Passed(test), test.ToString()));
    }

    private static void AssertKeysAreRoots(LabWorld world)
    {
        Assert.Equal("700", Native.Succeed("stat", "-c", "%a", world.State).Trim());
        Assert.All(Directory.GetFiles(world.State, "private.key", SearchOption.AllDirectories), key => Assert.Equal("600", Native.Succeed("stat", "-c", "%a", key).Trim()));
    }

    // Of the article's lab, by its author's own tables.
    private static void AssertNumbers(LabWorld world)
    {
        PSObject tunnel = world.Engine.Succeed("Get-WgTunnel wg5 -Namespace \"$lab-V1-1.private\"").Single();
        Assert.Equal("apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=", $"{tunnel.Properties["PublicKey"].Value}");
        Assert.Equal(5805, tunnel.Properties["ListenPort"].Value);
        Assert.Equal($"{world.Name}-V1-1", tunnel.Properties["TransportNamespace"].Value);
        Assert.Equal(["169.254.1.4/31", "2001:db8:ff::4/127"], ((string[])tunnel.Properties["Address"].Value).Order(StringComparer.Ordinal));
        Assert.Equal("[2001:db8:3::1]:5801", $"{world.Engine.Succeed("(Get-WgPeer wg5 -Namespace \"$lab-V1-1.private\").Endpoint").Single()}");
    }

    /// <summary>Tunnels by gateway and name: daemon, endpoint, handshake, bytes; BGP sessions: since when they stand.</summary>
    private static Dictionary<string, string> Snapshot(LabWorld world) => world.Engine.Succeed("""
        foreach ($gateway in (Get-WgFabricLab $lab).Gateways) {
            foreach ($tunnel in Get-WgTunnel -Namespace $gateway.Namespace) {
                $peer = $tunnel.Peers[0]
                "$($gateway.Gateway) $($tunnel.Name)|$($tunnel.ProcessId) $($peer.Endpoint) $($peer.LatestHandshake.UtcTicks) $($peer.SentBytes) $($peer.ReceivedBytes)"
            }
            foreach ($protocol in Get-BirdProtocol 'IBGP*' -ControlSocket $gateway.ControlSocket) {
                "$($gateway.Gateway) $($protocol.Name)|$($protocol.SessionState) $($protocol.Since.Ticks)"
            }
        }
        """).Select(line => $"{line}".Split('|')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static void AssertUntouched(Dictionary<string, string> before, Dictionary<string, string> after, Func<string, bool> wanted)
    {
        foreach ((string name, string was) in before.Where(entry => wanted(entry.Key)))
        {
            string[] old = was.Split(' '), now = after[name].Split(' ');
            if (old.Length == 2)
            {
                Assert.Equal(("Established", "Established"), (old[0], now[0]));
                BirdMoment.AssertSame(old[1], now[1]);
                continue;
            }

            Assert.Equal((name, old[0], old[1]), (name, now[0], now[1]));
            for (int i = 2; i < old.Length; i++)
                Assert.True(long.Parse(now[i]) >= long.Parse(old[i]), $"{name}: {was} became {after[name]}");
        }
    }
}
