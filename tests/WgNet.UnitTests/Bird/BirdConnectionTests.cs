using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

public sealed class BirdConnectionTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void An_absent_socket_is_told_from_one_where_nobody_listens()
    {
        string folder = Directory.CreateTempSubdirectory("wgt-bird-").FullName;
        try
        {
            Assert.Equal(("BirdSocketNotFound", FaultKind.NotFound), Failure($"{folder}/absent.ctl"));
            Assert.Equal(("BirdSocketNotFound", FaultKind.NotFound), Failure($"{folder}/absent/bird.ctl"));
            File.WriteAllText($"{folder}/file", "");
            Assert.Equal(("BirdConnectionRefused", FaultKind.Connection), Failure($"{folder}/file"));
            using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            {
                left.Bind(new UnixDomainSocketEndPoint($"{folder}/left.ctl"));
                Assert.Equal(("BirdConnectionRefused", FaultKind.Connection), Failure($"{folder}/left.ctl"));
            }

            Assert.Equal(("BirdSocketPathTooLong", FaultKind.InvalidArgument), Failure("/" + new string('x', 120)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_daemon_that_does_not_greet_or_not_answer_is_a_timeout()
    {
        using var silent = new ReplayDaemon(_ => null, greeting: "");
        using BirdClient client = silent.Client(0.3);
        FaultException fault = Assert.Throws<FaultException>(() => client.Status());
        Assert.Equal(("BirdTimeout", FaultKind.Timeout), (fault.Id, fault.Kind));
        Assert.Contains("did not greet within 0.3 s", fault.Message, StringComparison.Ordinal);

        using var mute = new ReplayDaemon(command => command == "help" ? null : ReplayDaemon.StatusReply);
        using BirdClient second = mute.Client(4);
        fault = Assert.Throws<FaultException>(() => second.Run("help").ToList());
        Assert.Equal("BirdTimeout", fault.Id);
        Assert.Contains("'help'", fault.Message, StringComparison.Ordinal);

        // What comes late must not be taken for the next reply: the conversation starts anew.
        Assert.Equal("2.0.12", second.Status().Version);
    }

    [Fact]
    public void A_full_backlog_is_a_timeout_too()
    {
        string folder = Directory.CreateTempSubdirectory("wgt-bird-").FullName;
        try
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint($"{folder}/busy.ctl"));
            listener.Listen(0);
            using var first = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            first.Connect(new UnixDomainSocketEndPoint($"{folder}/busy.ctl"));
            using var client = new BirdClient($"{folder}/busy.ctl", TimeSpan.FromSeconds(0.5));
            Assert.Equal("BirdTimeout", Assert.Throws<FaultException>(() => client.Status()).Id);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("1000-BIRD 2.0.12\n")]
    [InlineData("1000-BIRD 2.0.12")]
    [InlineData("0013 Daemon is up")]
    [InlineData("")]
    public void A_reply_that_breaks_off_is_an_error_and_not_an_end(string answer)
    {
        using var daemon = new ReplayDaemon(_ => answer + ReplayDaemon.Close);
        using BirdClient client = daemon.Client();
        FaultException fault = Assert.Throws<FaultException>(() => client.Run("show status").ToList());
        Assert.Equal(("BirdConnectionClosed", FaultKind.Connection), (fault.Id, fault.Kind));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("+0001 BIRD\n")]
    [InlineData("\n")]
    public void What_is_not_BIRD_is_said_so(string greeting)
    {
        using var daemon = new ReplayDaemon(_ => null, greeting);
        using BirdClient client = daemon.Client();
        Assert.Equal("BirdInvalidReply", Assert.Throws<FaultException>(() => client.Status()).Id);
    }

    [Fact]
    public void Garbage_without_end_is_refused_and_not_gathered()
    {
        using var daemon = new ReplayDaemon(_ => string.Concat(Enumerable.Repeat("garbage\n", 100_000)));
        using BirdClient client = daemon.Client();
        Assert.Equal("BirdInvalidReply", Assert.Throws<FaultException>(() => client.Run("show status").Count()).Id);
    }

    [Fact]
    public void Cancelling_ends_a_wait_at_once()
    {
        using var daemon = new ReplayDaemon(_ => null);
        using var stop = new CancellationTokenSource();
        using BirdClient client = daemon.ClientStoppedBy(stop.Token);
        stop.CancelAfter(200);
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => client.Status());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"took {clock.Elapsed}");
        Assert.True(daemon.ClientGone.Wait(s_limit, TestContext.Current.CancellationToken), "the socket stays open");
    }

    [Fact]
    public void Leaving_a_loop_over_routes_closes_the_socket()
    {
        string endless = "1007-Table master4:\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $" 10.{i / 256 % 256}.{i % 256}.0/24 unicast [S 15:00:00.000] * (200)\n \tdev lo\n")) + "0000 \n";
        using var daemon = new ReplayDaemon(command => command == "show status" ? ReplayDaemon.StatusReply : endless);
        using BirdClient client = daemon.Client();
        Assert.Equal(3, client.Routes(new BirdRouteQuery()).Take(3).Count());
        Assert.True(daemon.ClientGone.Wait(s_limit, TestContext.Current.CancellationToken), "the socket stays open");
        Assert.Equal("2.0.12", client.Status().Version);
    }

    [Theory]
    [InlineData("show status\ndisable all")]
    [InlineData("show\rstatus")]
    [InlineData("show status\0")]
    [InlineData("show\u0085status")]
    public void A_command_is_one_line(string command)
    {
        using var daemon = new ReplayDaemon(_ => ReplayDaemon.StatusReply);
        using BirdClient client = daemon.Client();
        Assert.Equal("BirdInvalidCommand", Assert.Throws<FaultException>(() => client.Run(command).ToList()).Id);
        Assert.Empty(daemon.Commands);
    }

    [Fact]
    public void A_command_has_at_most_1022_bytes()
    {
        using var daemon = new ReplayDaemon(_ => "0000 \n");
        using BirdClient client = daemon.Client();
        Assert.Empty(client.Run(new string('x', 1022)));
        Assert.Equal("BirdCommandTooLong", Assert.Throws<FaultException>(() => client.Run(new string('x', 1023)).ToList()).Id);
        Assert.Equal("BirdCommandTooLong", Assert.Throws<FaultException>(() => client.Run(new string('\u00e9', 512)).ToList()).Id);
    }

    [Theory]
    [InlineData("8001 Network not found\n", "BirdRouteNotFound", FaultKind.NotFound)]
    [InlineData("8003 No protocols match\n", "BirdProtocolNotFound", FaultKind.NotFound)]
    [InlineData("1007-Table master4:\n8004 Stopped due to reconfiguration\n", "BirdReconfigured", FaultKind.Unavailable)]
    [InlineData("8007 Access denied\n", "BirdAccessDenied", FaultKind.PermissionDenied)]
    [InlineData("8008 runtime error\n", "BirdEvaluationError", FaultKind.InvalidArgument)]
    [InlineData("8042 new trouble\n", "BirdCommandFailed", FaultKind.Unavailable)]
    [InlineData("9001 syntax error, unexpected END\n", "BirdSyntaxError", FaultKind.InvalidArgument)]
    public void A_refusal_is_an_error_with_its_code(string reply, string id, FaultKind kind)
    {
        using var daemon = new ReplayDaemon(_ => reply);
        using BirdClient client = daemon.Client();
        BirdException refused = Assert.Throws<BirdException>(() => client.Run("anything").ToList());
        Assert.Equal((id, kind), (refused.Id, refused.Kind));
        Assert.EndsWith($"{refused.Code} {refused.Reply}\n", reply, StringComparison.Ordinal);
        Assert.Equal("anything", refused.Command);
    }

    private static (string Id, FaultKind Kind) Failure(string path)
    {
        using var client = new BirdClient(path, s_limit);
        FaultException fault = Assert.Throws<FaultException>(() => client.Status());
        return (fault.Id, fault.Kind);
    }

    [Theory]
    [InlineData("2.0.12", "0000 \n", false, "restrict|show status")]
    [InlineData("2.17.5", "0000 \n", true, "timeformat iso long ms|restrict|show status")]
    [InlineData("3.1.7", "0000 \n", true, "timeformat iso long ms|restrict|show status")]
    [InlineData("9.9.9", "9001 syntax error\n", false, "timeformat iso long ms|restrict|show status")]
    public void A_conversation_begins_with_what_the_version_can(string version, string reply, bool whole, string commands)
    {
        using var daemon = new ReplayDaemon(
            command => command switch { "show status" => ReplayDaemon.StatusReply, "restrict" => "0016 Access restricted\n", _ => reply },
            $"0001 BIRD {version} ready.\n");
        using var client = new BirdClient(daemon.ControlSocket, s_limit, TestContext.Current.CancellationToken) { ReadOnly = true };
        Assert.NotNull(client.Status());
        Assert.Equal(whole, client.Connect().HasWholeTimes);
        Assert.Equal(commands.Split('|'), daemon.Commands);
    }

    [Fact]
    public void A_user_without_the_right_to_the_socket_is_told_so()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to give up its rights");
        using var daemon = new ReplayDaemon(_ => ReplayDaemon.StatusReply);
        File.SetUnixFileMode(daemon.ControlSocket, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // The rights to files belong to a thread (setfsuid(2)).
        SetId become = Marshal.GetDelegateForFunctionPointer<SetId>(NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "setfsuid"));
        Exception? caught = null;
        var thread = new Thread(() =>
        {
            become(65534);
            using BirdClient client = daemon.Client();
            caught = Record.Exception(() => client.Status());
        });
        thread.Start();
        thread.Join();
        FaultException fault = Assert.IsType<FaultException>(caught);
        Assert.Equal(("BirdPermissionDenied", FaultKind.PermissionDenied), (fault.Id, fault.Kind));
    }

    private delegate int SetId(int id);
}
