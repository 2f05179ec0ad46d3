using System.Diagnostics;
using System.Text;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>A daemon that misbehaves while a table is read: what has arrived is given, then a clear error or the rest; nothing hangs, nothing piles up.</summary>
[Collection(nameof(Alone))]
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
        // The table takes longer than the limit, line by line, and no line does.
        string table = Head + string.Concat(Enumerable.Range(2, 16).Select(i => $" 10.{i}.0.0/16 unicast [S 15:00:00.000] * (200)\n \tdev lo\n"));
        using var daemon = new ReplayDaemon(Answer(table + "0000 \n"), piece: 40, pause: 250);
        using BirdClient client = daemon.Client(seconds: 4);
        var clock = Stopwatch.StartNew();
        Assert.Equal(18, client.Routes(new BirdRouteQuery()).Count());
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(4.5), $"took {clock.Elapsed}");
    }

    [Fact]
    public void A_line_that_trickles_for_longer_than_the_limit_is_a_hang()
    {
        // 16 s for the line, and never silent for as long as the limit.
        using var daemon = new ReplayDaemon(Answer(Head + " 10.2.0.0/16 " + new string('x', 2500) + "\n0000 \n"), piece: 40, pause: 250);
        using BirdClient client = daemon.Client(seconds: 4);
        (List<BirdRoute> routes, FaultException fault) = Read(client);
        Assert.Equal(("BirdTimeout", FaultKind.Timeout), (fault.Id, fault.Kind));
        Assert.Contains("did not end a line within 4 s when it was to answer 'show route'", fault.Message, StringComparison.Ordinal);
        Assert.Equal("10.0.0.0/8", routes[0].Prefix);
    }

    [Theory]
    [InlineData("0001 BIRD 2.0.12 ready and so on, letter by letter\n")]
    [InlineData("0001-not yet\n0001-not yet\n0001-not yet\n0001-not yet\n0001-not yet\n0001-not yet\n0001 BIRD 2.0.12 ready.\n")]
    public void A_greeting_that_trickles_is_a_hang_however_it_is_cut(string greeting)
    {
        using var daemon = new ReplayDaemon(_ => null, greeting, piece: 3, pause: 200);
        using BirdClient client = daemon.Client(seconds: 1);
        FaultException fault = Assert.Throws<FaultException>(() => client.Status());
        Assert.Equal("BirdTimeout", fault.Id);
        Assert.EndsWith("-ResponseTimeout.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counting_asks_for_the_count_alone_and_fetches_no_route()
    {
        using var daemon = new ReplayDaemon(command => command.EndsWith(" count", StringComparison.Ordinal)
            ? "1007-3 of 12 routes for 3 networks in table a\n0014 Total: 3 of 12 routes for 3 networks in 1 tables\n"
            : Head + "0000 \n");
        using BirdClient client = daemon.Client();
        BirdRouteQuery[] queries =
        [
            new(), new() { Detail = true }, new() { Tables = ["a", "b"] }, new() { Tables = ["*"], Protocol = "P", Filter = "net ~ 10.0.0.0/8", Primary = true, Detail = true },
            new() { Prefix = "10.0.0.0/8" }, new() { For = "10.0.0.1", Export = "P" }, new() { Within = "10.0.0.0/8", Filtered = true },
        ];
        foreach (BirdRouteQuery query in queries)
        {
            BirdRouteCount count = Assert.Single(client.CountRoutes(query));
            Assert.Equal(("a", 3L, 12L), (count.Table, count.Routes, count.TotalRoutes));
        }

        Assert.Equal(queries.Length, daemon.Commands.Count);
        Assert.All(daemon.Commands, command => Assert.Matches("^show route.* count$", command));
    }

    [Fact]
    public void A_daemon_that_falls_silent_half_way_is_a_timeout_after_what_came()
    {
        using var daemon = new ReplayDaemon(Answer(Head));
        using BirdClient client = daemon.Client(seconds: 4);
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
