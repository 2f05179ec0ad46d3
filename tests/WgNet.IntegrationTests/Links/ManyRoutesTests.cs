using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>Routes that go to the kernel many at once: 1, 2, 4, … 64 a send.</summary>
public sealed class ManyRoutesTests : LinkWorld
{
    private const int Count = 100;

    /// <summary>Ctrl+C: what was sent is made whole, shown or told, and nothing behind it is touched.</summary>
    [Theory]
    [InlineData("$routes")]
    [InlineData("Get-NetLinkRoute -Namespace $from -Protocol static")]
    public void Stopped_within_a_batch_everything_made_is_shown_or_told(string source)
    {
        (string from, string ns) = Filled();
        Engine.Shown();
        using RunningPipeline running = Engine.Start(
            $$"""
            $routes = @(Get-NetLinkRoute -Namespace $from -Protocol static)
            {{source}} | New-NetLinkRoute -Namespace $ns | & { process { $_; if ("$($_.Destination)" -eq '172.16.19.0/24') { while ($true) { [Threading.Thread]::Sleep(10) } } } }
            """,
            ("from", from), ("ns", ns));
        running.WaitForOutput(20);
        running.Stop();

        // The sixth send is not begun: 1 + 2 + 4 + 8 + 16.
        Assert.Equal(Destinations(31), Made(ns));
        Assert.Equal(Destinations(20), running.Output.Select(route => Text(route, "Destination")));
        string told = Engine.Shown();
        Assert.All(Destinations(31).Skip(20), destination => Assert.Contains(destination, told, StringComparison.Ordinal));
        Assert.DoesNotContain("172.16.18.0/24", told, StringComparison.Ordinal);
        Assert.DoesNotContain("172.16.31.0/24", told, StringComparison.Ordinal);

        // What is missing can be made up for.
        EngineResult again = Engine.Run("Get-NetLinkRoute -Namespace $from -Protocol static | New-NetLinkRoute -Namespace $ns", ("from", from), ("ns", ns));
        Assert.Equal(Enumerable.Repeat("RouteExists", 31), again.ErrorIds);
        Assert.Equal(Destinations(Count), Made(ns));
    }

    /// <summary>Only straight behind our own reading are they gathered: a function may do anything between two objects.</summary>
    [Theory]
    [InlineData("Get-NetLinkRoute -Namespace $from -Protocol static", 7)]
    [InlineData("Get-NetLinkRoute -Namespace $from -Protocol static | & { process { $_ } }", 4)]
    [InlineData("& { Get-NetLinkRoute -Namespace $from -Protocol static }", 4)]
    [InlineData("& { begin { $null = Get-NetLinkRoute -Namespace $from } end { Get-NetLinkRoute -Namespace $from -Protocol static } }", 4)]
    [InlineData("[pscustomobject]@{ Namespace = $from } | Get-NetLinkRoute -Protocol static", 7)]
    [InlineData("& { [pscustomobject]@{ Namespace = $from } } | Get-NetLinkRoute -Protocol static", 4)]
    public void Behind_a_command_that_may_do_anything_each_goes_alone(string source, int made)
    {
        (string from, string ns) = Filled();
        Engine.Run(
            $$"""$script:n = 0; {{source}} | New-NetLinkRoute -Namespace $ns -Protocol static | & { process { if (++$script:n -eq 4) { throw 'enough' } } }""",
            ("from", from), ("ns", ns));
        Assert.Equal(Destinations(made), Made(ns).Where(route => route.StartsWith("172.16.", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_refusal_among_many_says_which_and_why_in_the_kernels_words()
    {
        (string from, string ns) = Filled();
        Native.Ip($"-n {from} addr add 10.7.0.1/24 dev eth0");
        Native.Ip($"-n {from} route replace {Destination(50)} via 10.7.0.9 proto static");
        EngineResult result = Engine.Run("Get-NetLinkRoute -Namespace $from -Protocol static | New-NetLinkRoute -Namespace $ns", ("from", from), ("ns", ns));
        ErrorRecord refusal = Assert.Single(result.Errors);
        Assert.Equal(("GatewayUnreachable", Destination(50)), (refusal.FullyQualifiedErrorId.Split(',')[0], refusal.TargetObject));
        Assert.Contains("Nexthop has invalid gateway", refusal.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(Destinations(Count).Where(destination => destination != Destination(50)), result.Output.Select(route => Text(route, "Destination")));
        Assert.Equal(Count - 1, Made(ns).Length);
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-WhatIf:$true -Verbose")]
    public void What_would_be_done_to_many_is_shown_for_each_and_not_done(string asked)
    {
        (string from, _) = Filled();
        Engine.Shown();
        Engine.Succeed($"Get-NetLinkRoute -Namespace $from -Protocol static | Remove-NetLinkRoute {asked}", ("from", from));
        Assert.Equal(Count, Engine.Shown().Split("What if: ").Length - 1);
        Assert.Equal(Count, Made(from).Length);
        Assert.Equal(Count, Engine.Run("Get-NetLinkRoute -Namespace $from -Protocol static | Remove-NetLinkRoute -Verbose", ("from", from)).Verbose.Count);
        Assert.Empty(Made(from));
    }

    private (string From, string To) Filled()
    {
        string from = Linked("from"), to = Linked("to");
        string batch = Path.Combine(World.Folder, "batch");
        File.WriteAllLines(batch, Destinations(Count).Select(destination => $"route add {destination} via 10.0.0.9 proto static"));
        Native.Ip($"-n {from} -batch {batch}");
        return (from, to);
    }

    private string Linked(string hint)
    {
        string ns = World.Namespace(hint);
        Native.Ip($"-n {ns} link add eth0 type veth peer name far0");
        Native.Ip($"-n {ns} link set far0 up");
        Native.Ip($"-n {ns} link set eth0 up");
        Native.Ip($"-n {ns} addr add 10.0.0.1/24 dev eth0");
        return ns;
    }

    private static string[] Made(string ns) => [.. Ip(ns, "route show proto static").Select(route => route.GetProperty("dst").GetString()!)];

    private static string[] Destinations(int count) => [.. Enumerable.Range(0, count).Select(Destination)];

    private static string Destination(int i) => $"172.16.{i}.0/24";
}
