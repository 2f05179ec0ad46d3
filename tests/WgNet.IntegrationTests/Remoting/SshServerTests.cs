using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Remoting;

/// <summary>The server that the other tests of remoting stand on.</summary>
public sealed class SshServerTests
{
    [Fact]
    public void CommandsRunInTheServersNamespaceAndNothingStaysBehind()
    {
        using var world = new TestWorld();
        string ns = world.Namespace("gw");
        var server = new SshServer(world, ns);
        Assert.Equal(ns, Native.Succeed("ssh", [.. server.Arguments, "ip", "netns", "identify"]).Trim());

        using Daemon sleeper = Daemon.Start("ssh", [.. server.Arguments, "echo here; sleep 1000"]);
        sleeper.WaitForOutput("here");
        Assert.NotEmpty(server.Sessions);
        server.Dispose();
        Assert.NotEqual(0, sleeper.Finish().ExitCode);
        Wait.Until(() => Native.Ip($"netns pids {ns}").Trim().Length == 0, "the session's processes to end");
    }

    [Fact]
    public void OneClientReachesTwoServers()
    {
        using var world = new TestWorld();
        using var first = new SshServer(world, world.Namespace("a"));
        using var second = new SshServer(world, world.Namespace("b"));
        first.Share(second);
        string[] arguments = [.. first.Arguments[..^1], second.HostName];
        Assert.Equal(second.HostName, Native.Succeed("ssh", [.. arguments, "ip", "netns", "identify"]).Trim());
    }
}
