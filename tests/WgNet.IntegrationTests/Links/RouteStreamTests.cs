using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>Tables larger than what the kernel writes at once: whole while others write to them, and left early without a trace.</summary>
public sealed class RouteStreamTests : LinkWorld
{
    private const int Count = 20_000;

    [Fact]
    public void Every_route_comes_once_while_another_writes_to_the_table()
    {
        string ns = Filled();
        string churn = Path.Combine(World.Folder, "churn");
        File.WriteAllLines(churn, Enumerable.Range(0, 20_000).Select(i => $"route {(i % 2 == 0 ? "add" : "del")} 172.16.{i / 2 % 256}.0/24 via 10.0.0.8 proto static"));
        using var writing = Daemon.Start("ip", "-n", ns, "-batch", churn);
        int readings = 0;
        do
        {
            string[] seen = [.. Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird", ("ns", ns)).Select(route => Text(route, "Destination"))];
            Assert.Equal(Expected(), seen.Order(StringComparer.Ordinal));
            readings++;
        }
        while (!writing.HasExited && readings < 20);

        Assert.Equal(0, writing.Finish().ExitCode);
    }

    [Fact]
    public void Every_tenth_has_two_ways()
    {
        string ns = Filled();
        IReadOnlyList<PSObject> routes = Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird", ("ns", ns));
        Assert.Equal(Count / 10, routes.Count(route => Value<object[]>(route, "NextHops").Length == 2));

        // What routes share is not theirs to give away: writing into one's array changes no other.
        Engine.Succeed("$a, $b = Get-NetLinkRoute -Namespace $ns -Destination 16.0.0.0/24, 16.0.1.0/24; $a.NextHops[0] = $null; if ($null -eq $b.NextHops[0]) { throw 'shared' }", ("ns", ns));
    }

    [Fact]
    public void A_pipeline_that_has_enough_ends_the_list()
    {
        string ns = Filled();
        PSObject seen = Assert.Single(Engine.Succeed(
            "$n = 0; try { Get-NetLinkRoute -Namespace $ns -Protocol bird | & { process { $script:n++; throw 'enough' } } } catch { }; $n", ("ns", ns)));
        Assert.Equal(1, seen.BaseObject);
        AssertNoSocket(ns);
    }

    [Fact]
    public void Stopped_in_the_middle_it_ends_at_once_and_keeps_no_socket()
    {
        string ns = Filled();
        using RunningPipeline running = Engine.Start("Get-NetLinkRoute -Namespace $ns -Protocol bird | & { process { $_; [Threading.Thread]::Sleep(1) } }", ("ns", ns));
        running.WaitForOutput(10);
        running.Stop();
        Assert.InRange(running.Output.Count, 10, Count - 1);
        AssertNoSocket(ns);
    }

    [Fact]
    public void A_link_filters_in_the_kernel_and_also_ways_among_others()
    {
        string ns = Filled();
        Assert.Equal(Count / 10, Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird -InterfaceName eth1", ("ns", ns)).Count);
        Assert.Equal(Count, Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird -InterfaceName eth0", ("ns", ns)).Count);
        Assert.Empty(Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird -InterfaceName none", ("ns", ns)));
        Assert.Equal(Count, Engine.Succeed("Get-NetLinkRoute -Namespace $ns -Protocol bird -InterfaceName eth*", ("ns", ns)).Count);
    }

    [Fact]
    public void Many_routes_pass_from_one_namespace_to_another_and_one_that_fails_stops_none()
    {
        string ns = Filled(), other = Linked("b");
        Native.Ip($"-n {other} route add 16.0.7.0/24 via 10.0.0.3");
        EngineResult result = Engine.Run("Get-NetLinkRoute -Namespace $ns -Protocol bird | New-NetLinkRoute -Namespace $other -Protocol static", ("ns", ns), ("other", other));
        Assert.Equal(["RouteExists"], result.ErrorIds);
        Assert.Equal(Count - 1, result.Output.Count);
        Assert.All(result.Output, route => Assert.Equal((other, "static"), (Text(route, "Namespace"), Text(route, "Protocol"))));
        Engine.Succeed("Get-NetLinkRoute -Namespace $other -Protocol static | Remove-NetLinkRoute", ("other", other));
        Assert.Empty(Engine.Succeed("Get-NetLinkRoute -Namespace $other -Protocol static", ("other", other)));
    }

    private string Filled()
    {
        string ns = Linked("a");
        string batch = Path.Combine(World.Folder, "batch");
        File.WriteAllLines(batch, Enumerable.Range(0, Count).Select(i =>
            $"route add {Destination(i)} proto bird {(i % 10 == 9 ? "nexthop via 10.0.0.9 nexthop via 10.0.1.9" : "via 10.0.0.9")}"));
        Native.Ip($"-n {ns} -batch {batch}");
        return ns;
    }

    private string Linked(string hint)
    {
        string ns = World.Namespace(hint);
        for (int i = 0; i < 2; i++)
        {
            Native.Ip($"-n {ns} link add eth{i} type veth peer name far{i}");
            Native.Ip($"-n {ns} link set far{i} up");
            Native.Ip($"-n {ns} link set eth{i} up");
            Native.Ip($"-n {ns} addr add 10.0.{i}.1/24 dev eth{i}");
        }

        return ns;
    }

    private static IEnumerable<string> Expected() => Enumerable.Range(0, Count).Select(Destination).Order(StringComparer.Ordinal);

    private static string Destination(int i) => $"16.{i >> 8}.{i & 255}.0/24";

    // A program that another test starts has all descriptors for a moment, until it is that program.
    private static void AssertNoSocket(string ns) => Wait.Until(() => Sockets(ns).Length == 0, "the socket to be closed");

    // The port id of a program's socket is not 0 (proc(5), /proc/net/netlink).
    private static string[] Sockets(string ns) =>
        [.. Native.Ip($"netns exec {ns} cat /proc/net/netlink").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Where(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "0", not "0", ..])];
}
