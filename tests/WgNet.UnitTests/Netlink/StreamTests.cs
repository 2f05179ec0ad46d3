using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>Lists that are read while they arrive, with a datagram socket of our own in the kernel's place.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly FakeRouteKernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task Every_route_comes_once_and_in_order(int datagrams)
    {
        Task answering = _kernel.Answer(Lists(datagrams, MessageFlags.None));
        using RouteSession session = _kernel.Session();
        NetLinkRoute[] routes = [.. Routes.Stream(session, new RouteFilter { Family = AddressFamily.InterNetwork }, TestContext.Current.CancellationToken)];
        Assert.Equal(Enumerable.Range(0, datagrams * FakeRouteKernel.RoutesADatagram).Select(i => FakeRouteKernel.Destination(i)), routes.Select(route => route.Destination));
        Assert.All(routes, route => Assert.Equal("10.0.0.9", Assert.Single(route.NextHops).Gateway?.ToString()));
        await answering;
    }

    [Fact]
    public async Task An_interrupted_list_comes_whole_and_ends_with_a_fault()
    {
        Task answering = _kernel.Answer(Lists(20, MessageFlags.DumpInterrupted));
        using RouteSession session = _kernel.Session();
        List<NetLinkRoute> seen = [];
        FaultException fault = Assert.Throws<FaultException>(() =>
        {
            foreach (NetLinkRoute route in Routes.Stream(session, new RouteFilter { Family = AddressFamily.InterNetwork }, TestContext.Current.CancellationToken))
                seen.Add(route);
        });
        Assert.Equal("DumpInterrupted", fault.Id);
        Assert.Equal(20 * FakeRouteKernel.RoutesADatagram, seen.Count);
        await answering;
    }

    [Fact]
    public async Task A_list_that_is_read_whole_is_asked_for_again_when_interrupted()
    {
        Task answering = _kernel.Answer(
            FakeRouteKernel.List(1, 3, MessageFlags.DumpInterrupted), FakeRouteKernel.List(2, 2, MessageFlags.None));
        using RouteSession session = _kernel.Session();
        Assert.Equal(
            2 * FakeRouteKernel.RoutesADatagram,
            Routes.List(session, new RouteFilter { Family = AddressFamily.InterNetwork }, TestContext.Current.CancellationToken).Count);
        await answering;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task What_is_left_of_an_abandoned_list_is_dropped_before_the_next_request(int taken)
    {
        Task answering = _kernel.Answer([.. Lists(200, MessageFlags.None), FakeRouteKernel.List(3, 1, MessageFlags.None)]);
        using RouteSession session = _kernel.Session();
        CancellationToken cancel = TestContext.Current.CancellationToken;
        var filter = new RouteFilter { Family = AddressFamily.InterNetwork };
        Assert.Equal(taken, Routes.Stream(session, filter, cancel).Take(taken).Count());
        Assert.Equal(FakeRouteKernel.RoutesADatagram, Routes.List(session, filter, cancel).Count);
        await answering;
    }

    [Fact]
    public async Task A_refusal_in_the_middle_stands_behind_what_came_before()
    {
        Task answering = _kernel.Answer(FakeRouteKernel.List(1, 0, MessageFlags.None), FakeRouteKernel.List(2, 30, MessageFlags.None, error: Errno.ENOMEM));
        using RouteSession session = _kernel.Session();
        int seen = 0;
        NetlinkException refusal = Assert.Throws<NetlinkException>(() =>
        {
            foreach (NetLinkRoute _ in Routes.Stream(session, new RouteFilter { Family = AddressFamily.InterNetwork }, TestContext.Current.CancellationToken))
                seen++;
        });
        Assert.Equal((Errno.ENOMEM, 30 * FakeRouteKernel.RoutesADatagram), (refusal.Error, seen));
        await answering;
    }

    [Fact]
    public async Task A_list_that_stops_coming_ends_at_the_time_limit()
    {
        Task answering = _kernel.Answer(FakeRouteKernel.List(1, 0, MessageFlags.None), FakeRouteKernel.List(2, 30, MessageFlags.None)[..^1]);
        using (RouteSession session = _kernel.Session(TimeSpan.FromSeconds(1)))
        {
            FaultException fault = Assert.Throws<FaultException>(
                () => Routes.Stream(session, new RouteFilter { Family = AddressFamily.InterNetwork }, TestContext.Current.CancellationToken).Count());
            Assert.Equal("NetlinkTimeout", fault.Id);
        }

        // The session is closed by now: whatever the limit was passed at, nobody waits for another request.
        await answering;
    }

    // The next hop objects are asked for first; there are none.
    private static byte[][][] Lists(int datagrams, MessageFlags flags) =>
        [FakeRouteKernel.List(1, 0, MessageFlags.None), FakeRouteKernel.List(2, datagrams, flags)];
}

/// <summary>The kernel's end of a pair of datagram sockets: answers requests, in turn, with prepared datagrams.</summary>
internal sealed class FakeRouteKernel : IDisposable
{
    public const int RoutesADatagram = 100;

    private readonly Socket _end;
    private int _other;

    public FakeRouteKernel()
    {
        // No two ends of a pair in .NET: socketpair(2) itself.
        const int AF_UNIX = 1, SOCK_SEQPACKET = 5;
        int[] pair = new int[2];
        Assert.Equal(0, socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair));
        _end = new Socket(new SafeSocketHandle(pair[0], ownsHandle: true));
        _other = pair[1];
    }

    /// <summary>Bytes that were sent to it and not taken yet.</summary>
    public int Waiting => _end.Available;

    public static IPNetwork Destination(int i) => new(new IPAddress([10, (byte)(i >> 8), (byte)i, 0]), 24);

    public RouteSession Session(TimeSpan? limit = null)
    {
        int fd = _other;
        _other = -1;
        return RouteSession.Over(NetlinkSocket.Adopt(fd, limit ?? TimeSpan.FromSeconds(30)), "");
    }

    /// <summary>The datagrams of one list: routes, then the end, or an error in its place.</summary>
    public static byte[][] List(uint sequence, int datagrams, MessageFlags flags, int error = 0)
    {
        var list = new List<byte[]>();
        for (int i = 0; i < datagrams; i++)
        {
            var writer = new MessageWriter(new byte[RoutesADatagram * 64]);
            for (int j = 0; j < RoutesADatagram; j++)
            {
                RouteCodec.WriteAdd(ref writer, new RouteSpec(Destination((i * RoutesADatagram) + j)) { NextHops = [new NetLinkNextHop { Gateway = IPAddress.Parse("10.0.0.9") }] }, false);
            }

            list.Add(Stamp(writer.Written.ToArray(), sequence, flags));
        }

        var end = new MessageWriter(new byte[32]);
        end.Begin(NetlinkConstants.NLMSG_DONE, flags);
        end.Struct(-error);
        end.End();
        list.Add(Stamp(end.Written.ToArray(), sequence, flags));
        return [.. list];
    }

    /// <summary>Answers each request with the next list.</summary>
    public Task Answer(params byte[][][] lists) => Task.Run(() =>
    {
        byte[] request = new byte[4096];
        try
        {
            foreach (byte[][] list in lists)
            {
                if (_end.Receive(request) == 0)
                    return;
                foreach (byte[] datagram in list)
                    _end.Send(datagram);
            }
        }
        catch (SocketException)
        {
            // The session was closed with something unread.
        }
    });

    /// <summary>Answers each message of one datagram, by its place in it, with the datagrams that a function gives.</summary>
    public Task AnswerBatch(Func<int, byte[], byte[][]> answer) => Task.Run(() =>
    {
        byte[] requests = new byte[64 * 1024];
        int index = 0;
        foreach (byte[] request in Cut(requests.AsSpan(0, _end.Receive(requests))))
        {
            foreach (byte[] datagram in answer(index++, request))
                Send(datagram);
        }
    });

    /// <summary>Sends a datagram, asked or not.</summary>
    public void Send(byte[] datagram) => _end.Send(datagram);

    /// <summary>The messages of a datagram.</summary>
    public static List<byte[]> Cut(ReadOnlySpan<byte> datagram)
    {
        List<byte[]> messages = [];
        while (!datagram.IsEmpty)
        {
            int size = MemoryMarshal.Read<int>(datagram);
            messages.Add(datagram[..size].ToArray());
            datagram = datagram[NetlinkConstants.Align(size)..];
        }

        return messages;
    }

    public void Dispose()
    {
        _end.Dispose();
        if (_other >= 0)
            new SafeSocketHandle(_other, ownsHandle: true).Dispose();
    }

    private static byte[] Stamp(byte[] datagram, uint sequence, MessageFlags flags)
    {
        for (int at = 0; at < datagram.Length; at += NetlinkConstants.Align(MemoryMarshal.Read<int>(datagram.AsSpan(at))))
        {
            MemoryMarshal.Write(datagram.AsSpan(at + 6), flags | MessageFlags.Multi);
            MemoryMarshal.Write(datagram.AsSpan(at + 8), sequence);
        }

        return datagram;
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int socketpair(int domain, int type, int protocol, int[] ends);
}
