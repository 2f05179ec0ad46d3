using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

public sealed class EventTests : LinkWorld
{
    [Fact]
    public void Changes_come_as_objects_until_stopped()
    {
        string ns = World.Namespace("a");
        using RunningPipeline running = Engine.Start("'ready'; Watch-NetLink -Namespace $ns", ("ns", ns));
        Begin(running, ns);
        Native.Ip($"-n {ns} link add veth0 type veth peer name veth1");
        Native.Ip($"-n {ns} link set veth0 up");
        Native.Ip($"-n {ns} link set veth1 up");
        Native.Ip($"-n {ns} addr add 10.44.0.1/24 dev veth0");
        Native.Ip($"-n {ns} route add 10.45.0.0/24 via 10.44.0.2 proto bird");
        Native.Ip($"-n {ns} link del veth0");
        Wait.Until(() => Events(running).Count(one => Text(one, "Kind") == "LinkRemoved") == 3, "the links' removal");
        string[] seen = [.. Events(running).Select(one => $"{Text(one, "Kind")} {Text(one, "InterfaceName")} {Text(one, "Item")}")];
        foreach (string expected in (string[])
            [
                "LinkAdded veth0 veth0",
                "LinkChanged veth0 veth0",
                "AddressAdded veth0 10.44.0.1/24",
                "RouteAdded veth0 10.44.0.0/24 dev veth0",
                "RouteAdded veth0 10.45.0.0/24 via 10.44.0.2 dev veth0",
                "LinkRemoved veth0 veth0",
            ])
        {
            Assert.Contains(expected, seen);
        }

        PSObject route = Events(running).Select(one => PSObject.AsPSObject(one.Properties["Item"].Value)).First(item => item.ToString()!.StartsWith("10.45", StringComparison.Ordinal));
        Assert.Equal((ns, "bird"), (Text(route, "Namespace"), Text(route, "Protocol")));
        Assert.All(Events(running), one => Assert.Equal(ns, Text(one, "Namespace")));
        running.Stop();
    }

    [Fact]
    public void Only_what_was_asked_for_comes()
    {
        string ns = World.Namespace("a");
        using RunningPipeline running = Engine.Start("'ready'; Watch-NetLink veth1 -Namespace $ns -Subject Address", ("ns", ns));
        running.WaitForOutput(1);
        Native.Ip($"-n {ns} link add veth0 type veth peer name veth1");
        int next = 0;
        Wait.Until(
            () =>
            {
                // Again and again: the first ones may come before it listens.
                Native.Ip($"-n {ns} addr add 10.0.{++next / 250}.{1 + (next % 250)}/32 dev veth0");
                Native.Ip($"-n {ns} addr add 10.1.{next / 250}.{1 + (next % 250)}/32 dev veth1");
                return running.Output.Count > 2;
            },
            "events of one link");
        Assert.All(running.Output.Skip(1), one => Assert.StartsWith("AddressAdded 10.1.", one.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Events_that_the_kernel_dropped_leave_a_mark()
    {
        string ns = World.Namespace("a");
        using ManualResetEventSlim gate = new();
        using RunningPipeline running = Engine.Start(
            "'ready'; Watch-NetLink -Namespace $ns -Subject Link, Route | ForEach-Object { $_; if ($_.Kind -eq 'RouteAdded') { $gate.Wait() } }",
            ("ns", ns),
            ("gate", gate));
        Begin(running, ns);
        Native.Ip($"-n {ns} link add veth0 type veth peer name veth1");
        Native.Ip($"-n {ns} link set veth1 up");
        Native.Ip($"-n {ns} link set veth0 up");
        string batch = Path.Combine(World.Folder, "batch");
        File.WriteAllLines(batch, Enumerable.Range(0, 60_000).Select(i => $"route add 10.{i / 256}.{i % 256}.0/24 dev veth0"));
        Native.Ip($"-n {ns} -batch {batch}");
        gate.Set();
        Wait.Until(() => Events(running).Any(one => Text(one, "Kind") == "EventsLost"), "the mark");

        // It goes on, and knows the names of links that were made meanwhile.
        Native.Ip($"-n {ns} route add 192.0.2.0/24 dev veth0");
        Wait.Until(() => Events(running).Any(one => Text(one, "Item") == "192.0.2.0/24 dev veth0"), "the next event");
    }

    [Fact]
    public void A_link_that_moves_says_where_to()
    {
        string ns = World.Namespace("a");
        string other = World.Namespace("b");
        using RunningPipeline running = Engine.Start("'ready'; Watch-NetLink -Namespace $ns -Subject Link", ("ns", ns));
        Begin(running, ns);
        Native.Ip($"-n {ns} link add moves type ifb");
        Native.Ip($"-n {ns} link set moves netns {other}");
        Wait.Until(() => Events(running).Any(one => Text(one, "Kind") == "LinkMoved"), "the move");
        PSObject moved = Events(running).First(one => Text(one, "Kind") == "LinkMoved");
        Assert.Equal(("moves", other, $"LinkMoved moves to {other}"), (Text(moved, "InterfaceName"), Text(moved, "MovedTo"), moved.ToString()));
    }

    // Events that come before it listens are not for it: something is changed until it tells.
    private static void Begin(RunningPipeline running, string ns)
    {
        int next = 0;
        Wait.Until(
            () =>
            {
                Native.Ip($"-n {ns} link set lo alias begin{++next}");
                return running.Output.Count > 1;
            },
            "the first event");
        Native.Ip($"-n {ns} link add last type ifb");
        Native.Ip($"-n {ns} link del last");
        Wait.Until(() => Events(running).Any(one => Text(one, "Kind") == "LinkRemoved"), "the last of the first events");
    }

    private static PSObject[] Events(RunningPipeline running) => [.. running.Output.Where(one => one.Properties["Kind"] is not null)];
}
