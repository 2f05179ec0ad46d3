using System.Diagnostics;
using System.Text;
using WgNet.WireGuard;
using WgNet.WireGuard.Uapi;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>What the other end of the socket can do to us.</summary>
public sealed class UapiDeviceTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void One_connection_serves_many_requests()
    {
        using var server = new UapiServer(async (connection, end) =>
        {
            while (await UapiServer.ReadRequest(connection, end) is { Length: > 0 } request)
                await connection.SendAsync(Encoding.ASCII.GetBytes(request.StartsWith("get", StringComparison.Ordinal) ? "listen_port=7\nerrno=0\n\n" : "errno=0\n\n"), end);
        });
        using var device = new UapiDevice(server.Path);
        Assert.Equal(7, device.Read(TestContext.Current.CancellationToken).ListenPort);
        device.Apply(new WgDeviceChange { FirewallMark = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(7, device.Read(TestContext.Current.CancellationToken).ListenPort);
        Assert.Equal(1, server.Connections);
    }

    /// <summary>The server answers no sooner than the work that is done meanwhile has ended.</summary>
    [Fact]
    public void Work_is_done_while_the_daemon_writes_and_where_it_fails_the_answer_is_not_taken_for_the_next()
    {
        int port = 0;
        using var done = new SemaphoreSlim(0);
        using var server = new UapiServer(async (connection, end) =>
        {
            while (await UapiServer.ReadRequest(connection, end) is { Length: > 0 })
            {
                await done.WaitAsync(end);
                await connection.SendAsync(Encoding.ASCII.GetBytes($"listen_port={++port}\nerrno=0\n\n"), end);
            }
        });
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var device = new UapiDevice(server.Path);
        Assert.Equal(1, device.Read(() => done.Release(), cancel).ListenPort);
        Assert.Throws<InvalidOperationException>(() => device.Read(
            () =>
            {
                done.Release();
                throw new InvalidOperationException("not now");
            },
            cancel));
        SpinWait.SpinUntil(() => port == 2, TimeSpan.FromSeconds(30));
        Assert.Equal(3, device.Read(() => done.Release(), cancel).ListenPort);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public void An_answer_that_comes_byte_by_byte_is_read_whole()
    {
        byte[] reply = Fixture.Bytes("wireguard/uapi-get-two-peers.txt");
        using var server = new UapiServer(async (connection, end) =>
        {
            await UapiServer.ReadRequest(connection, end);
            for (int i = 0; i < reply.Length; i++)
                await connection.SendAsync(reply.AsMemory(i, 1), end);
        });
        using var device = new UapiDevice(server.Path);
        Assert.Equal(Fixture.Text("wireguard/wg-show-dump-two-peers.txt"), WgDump.Of(device.Read(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_line_without_an_end_is_malformed()
    {
        using var server = new UapiServer(async (connection, end) =>
        {
            await UapiServer.ReadRequest(connection, end);
            await connection.SendAsync("listen_port="u8.ToArray().Concat(Enumerable.Repeat((byte)'1', 20_000)).ToArray(), end);
            await Task.Delay(Timeout.Infinite, end);
        });
        using var device = new UapiDevice(server.Path);
        Assert.Equal("UapiMalformed", Id(device));
    }

    [Fact]
    public void A_change_larger_than_the_sockets_buffer_arrives_whole()
    {
        int length = 0;
        using var server = new UapiServer(async (connection, end) =>
        {
            byte[] buffer = new byte[10_000];
            byte last = 0;
            for (bool ended = false; !ended;)
            {
                int count = await connection.ReceiveAsync(buffer, end);
                length += count;
                ended = count == 0 || (buffer[count - 1] == '\n' && (count > 1 ? buffer[count - 2] : last) == '\n');
                last = count > 0 ? buffer[count - 1] : last;
            }

            await connection.SendAsync("errno=0\n\n"u8.ToArray(), end);
        });
        using var device = new UapiDevice(server.Path);
        WgPeerChange peer = new() { PublicKey = new WgPublicKey(new byte[32]), Remove = true };
        device.Apply(new WgDeviceChange { Peers = [.. Enumerable.Repeat(peer, 20_000)] }, TestContext.Current.CancellationToken);
        Assert.Equal("set=1\n\n".Length + (20_000 * ("public_key=\nremove=true\n".Length + 64)), length);
    }

    [Theory]
    [InlineData("errno=-98\n\n", "PortInUse", FaultKind.Unavailable)]
    [InlineData("errno=98\n\n", "PortInUse", FaultKind.Unavailable)]
    [InlineData("errno=-22\n\n", "UapiRefused", FaultKind.InvalidArgument)]
    [InlineData("errno=-1\n\n", "PermissionDenied", FaultKind.PermissionDenied)]
    [InlineData("hello\n\n", "UapiMalformed", FaultKind.InvalidData)]
    public void A_refusal_is_told_by_its_kind(string reply, string id, FaultKind kind)
    {
        using var server = new UapiServer(async (connection, end) =>
        {
            await UapiServer.ReadRequest(connection, end);
            await connection.SendAsync(Encoding.ASCII.GetBytes(reply), end);
        });
        using var device = new UapiDevice(server.Path);
        FaultException fault = Assert.Throws<FaultException>(() => device.Apply(new WgDeviceChange { ListenPort = 5803 }, TestContext.Current.CancellationToken));
        Assert.Equal((id, kind), (fault.Id, fault.Kind));
    }

    [Fact]
    public void An_end_without_an_answer_is_a_fault_and_the_next_request_connects_anew()
    {
        int served = 0;
        using var server = new UapiServer(async (connection, end) =>
        {
            await UapiServer.ReadRequest(connection, end);
            if (served++ > 0)
                await connection.SendAsync("errno=0\n\n"u8.ToArray(), end);
        });
        using var device = new UapiDevice(server.Path);
        Assert.Equal("UapiClosed", Id(device));
        Assert.Empty(device.Read(TestContext.Current.CancellationToken).Peers);
    }

    [Fact]
    public void A_daemon_that_says_nothing_is_a_timeout()
    {
        using var server = new UapiServer((_, end) => Task.Delay(Timeout.Infinite, end));
        using var device = new UapiDevice(server.Path) { Silence = s_short };
        Assert.Equal("UapiTimeout", Id(device));
    }

    [Fact]
    public void A_user_who_stops_does_not_wait_for_the_daemon()
    {
        using var server = new UapiServer((_, end) => Task.Delay(Timeout.Infinite, end));
        using var device = new UapiDevice(server.Path);
        using var cancel = new CancellationTokenSource(s_short);
        long start = Stopwatch.GetTimestamp();
        Assert.ThrowsAny<OperationCanceledException>(() => device.Read(cancel.Token));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(9), "waited for the daemon's silence");
    }

    [Fact]
    public void A_socket_that_nobody_serves_is_stale_and_none_is_no_device()
    {
        using var server = new UapiServer((_, end) => Task.Delay(Timeout.Infinite, end));
        server.Kill();
        using var stale = new UapiDevice(server.Path);
        Assert.Equal("UapiStale", Id(stale));
        using var absent = new UapiDevice(server.Path + "x");
        Assert.Equal("WgDeviceNotFound", Id(absent));
        using var tooLong = new UapiDevice("/" + new string('x', 200));
        Assert.Equal("WgDeviceNotFound", Id(tooLong));
    }

    private static string Id(UapiDevice device) =>
        Assert.Throws<FaultException>(() => device.Read(TestContext.Current.CancellationToken)).Id;
}
