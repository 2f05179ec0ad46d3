using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

public sealed class ProtocolWaitTests
{
    private static readonly string[] s_names = ["A", "B"];
    private static readonly string[] s_established = ["established"];

    [Fact]
    public void A_daemon_that_restarts_between_two_looks_is_looked_for_again()
    {
        int looks = 0;
        using var daemon = new ReplayDaemon(command => command == "show status" ? ReplayDaemon.StatusReply : ++looks switch
        {
            1 => Rows("Idle", "Established"),
            2 => "1002-A " + ReplayDaemon.Close,
            3 => "8004 Stopped due to reconfiguration\n",
            _ => Rows("Established", "Idle"),
        });
        using BirdClient client = daemon.Client();
        var wait = new ProtocolWait(client, s_names, s_established);
        Assert.Equal("B", Assert.Single(wait.Look()).Name);
        Assert.Equal("A", Assert.Single(wait.Pending));
        Assert.Equal("start (Idle)", wait.Describe("A"));
        Assert.Empty(wait.Look());
        Assert.Equal("BirdConnectionClosed", wait.LastFault?.Id);
        Assert.Contains("closed the connection", wait.Describe("A"), StringComparison.Ordinal);
        Assert.Empty(wait.Look());
        Assert.Equal("A", Assert.Single(wait.Look()).Name);
        Assert.Empty(wait.Pending);
        Assert.Null(wait.LastFault);
        Assert.Contains("show protocols \"A\"", daemon.Commands);
    }

    [Fact]
    public void A_first_look_that_fails_is_told_at_once()
    {
        using var daemon = new ReplayDaemon(_ => ReplayDaemon.Close);
        using BirdClient client = daemon.Client();
        var wait = new ProtocolWait(client, s_names, s_established);
        Assert.Equal("BirdConnectionClosed", Assert.Throws<FaultException>(() => wait.Look()).Id);
    }

    private static string Rows(string a, string b) => $"1002-A BGP --- start 15:00:00.000 {a}\n B BGP --- up 15:00:00.000 {b}\n0000 \n";
}
