using System.Text;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>A daemon that misbehaves while a table is read: what has arrived is given, then a clear error or the rest; nothing hangs, nothing piles up.</summary>
public sealed class RobustnessTests
{
    private const int Garbage = 10 * 1024 * 1024;
    private const string Head = "1007-Table master4:\n 10.0.0.0/8 unicast [S 15:00:00.000] * (200)\n \tdev lo\n 10.1.0.0/16 unicast [S 15:00:00.000] * (200)\n \tdev lo\n";

    [Fact]
    public void A_table_that_is_reconfigured_under_its_reader_gives_what_came_and_says_so()
    {
        using var daemon = new ReplayDaemon(Answer(Head + "8004 Stopped due to reconfiguration\n"));
        using BirdClient client = daemon.Client();
        (List<BirdRoute> routes, FaultException fault) = Read(client);
        Assert.Equal(("BirdReconfigured", FaultKind.Unavailable), (fault.Id, fault.Kind));
        Assert.Equal("10.0.0.0/8", routes[0].Prefix);

        // The conversation itself is whole.
        Assert.Equal("2.0.12", client.Status().Version);
    }

    [Fact]
    public void A_table_that_breaks_off_gives_what_came_and_the_next_question_a_new_conversation()
    {
        int asked = 0;
        using var daemon = new ReplayDaemon(command => command == "show status" ? ReplayDaemon.StatusReply : asked++ == 0 ? Head + " 10.2.0.0/16 uni" + ReplayDaemon.Close : Head + "0000 \n");
        using BirdClient client = daemon.Client();
        (List<BirdRoute> routes, FaultException fault) = Read(client);
        Assert.Equal(("BirdConnectionClosed", FaultKind.Connection), (fault.Id, fault.Kind));
        Assert.Equal("10.0.0.0/8", routes[0].Prefix);
        Assert.DoesNotContain(routes, route => route.Prefix == "10.2.0.0/16");
        Assert.Equal(2, client.Routes(new BirdRouteQuery()).Count());
    }

    [Fact]
    public void A_slow_daemon_is_not_a_silent_one()
    {
        // Slower altogether than the limit of each wait, and never silent for as long as that.
        using var daemon = new ReplayDaemon(Answer(Head + "0000 \n"), piece: 40, pause: 250);
        using BirdClient client = daemon.Client(seconds: 2);
        Assert.Equal(["10.0.0.0/8", "10.1.0.0/16"], client.Routes(new BirdRouteQuery()).Select(route => route.Prefix));
    }

    [Fact]
    public void A_daemon_that_falls_silent_half_way_is_a_timeout_after_what_came()
    {
        using var daemon = new ReplayDaemon(Answer(Head));
        using BirdClient client = daemon.Client(seconds: 0.5);
        (List<BirdRoute> routes, FaultException fault) = Read(client);
        Assert.Equal("BirdTimeout", fault.Id);
        Assert.Equal("10.0.0.0/8", Assert.Single(routes).Prefix);
    }

    [Theory]
    [InlineData("x", "BirdInvalidReply")]
    [InlineData("garbage garbage garbage\n", "BirdInvalidReply")]
    [InlineData("1007-\u00ff\u0001 nonsense ] [ ( garbage\n", "BirdInvalidReply")]
    [InlineData(" \tneither a next hop nor an attribute\n", "BirdInvalidReply")]
    [InlineData("+a log message that never ends\n", null)]
    public void Ten_megabytes_of_garbage_are_refused_or_passed_over_and_never_gathered(string piece, string? id)
    {
        byte[] one = Encoding.UTF8.GetBytes(piece);
        string garbage = Head + string.Concat(Enumerable.Repeat(piece, Garbage / one.Length)) + new string('g', Garbage % one.Length);
        Assert.Equal(Garbage, Encoding.UTF8.GetByteCount(garbage) - Head.Length);
        using var daemon = new ReplayDaemon(Answer(garbage + "\n0000 \n"));
        long unknown = 0;
        using BirdClient client = daemon.Client(unknown: _ => unknown++);
        using IEnumerator<BirdRoute> routes = client.Routes(new BirdRouteQuery()).GetEnumerator();
        Assert.True(routes.MoveNext());
        long before = GC.GetTotalMemory(forceFullCollection: true);
        FaultException? fault = null;
        try
        {
            while (routes.MoveNext())
                Assert.StartsWith("10.", routes.Current.Prefix, StringComparison.Ordinal);
        }
        catch (FaultException caught)
        {
            fault = caught;
        }

        Assert.Equal(id, fault?.Id);
        Assert.True(id is not null || unknown > 0, "garbage is told of");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 * 1024 * 1024);
    }

    [Fact]
    public void Over_a_thousand_conversations_however_they_end_leave_no_connection_open()
    {
        using var daemon = new ReplayDaemon(command => command switch
        {
            "show status" => ReplayDaemon.StatusReply,
            "show memory" => "1018-half" + ReplayDaemon.Close,
            "show symbols" => null,
            _ => Head + "0000 \n",
        });
        for (int i = 0; i < 1100; i++)
        {
            using BirdClient client = daemon.Client(seconds: 0.02);
            switch (i % 11)
            {
                case 0:
                    Assert.ThrowsAny<FaultException>(() => client.Memory().Count());
                    break;
                case 1:
                    Assert.ThrowsAny<FaultException>(() => client.Symbols().Count());
                    break;
                default:
                    Record.Exception(() => client.Routes(new BirdRouteQuery()).FirstOrDefault());
                    break;
            }
        }

        // Each connection that is still open has the socket's path once; so has the socket that listens.
        int Open() => File.ReadLines("/proc/net/unix").Count(line => line.EndsWith(daemon.ControlSocket, StringComparison.Ordinal));
        Assert.True(SpinWait.SpinUntil(() => Open() == 1, TimeSpan.FromSeconds(30)), $"{Open() - 1} connections are open");
    }

    private static Func<string, string?> Answer(string routes) => command => command == "show status" ? ReplayDaemon.StatusReply : routes;

    private static (List<BirdRoute> Routes, FaultException Fault) Read(BirdClient client)
    {
        var routes = new List<BirdRoute>();
        FaultException fault = Assert.ThrowsAny<FaultException>(() =>
        {
            foreach (BirdRoute route in client.Routes(new BirdRouteQuery()))
                routes.Add(route);
        });
        return (routes, fault);
    }
}
