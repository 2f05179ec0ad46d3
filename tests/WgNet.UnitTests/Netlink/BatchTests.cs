using System.Net;
using System.Runtime.InteropServices;
using CsCheck;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>Many requests in one send: every one gets its own answer, in order, also where answers are lost.</summary>
public sealed class BatchTests : IDisposable
{
    private readonly FakeRouteKernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    // What a kernel may answer to each: done (in silence but for the echo, and for the last), refused (where it has echoed already), or done without
    // the echo that was asked for.
    [Fact]
    public void Every_change_gets_its_own_outcome() => Gen.Select(Gen.Int[0, 2], Gen.Bool).Array[1, 64].Sample(
        answers =>
        {
            using var kernel = new FakeRouteKernel();
            using RouteSession session = kernel.Session();

            using var batch = new RouteBatch(session);
            for (int i = 0; i < answers.Length; i++)
            {
                if (answers[i].Item2)
                    batch.Add(Spec(i), replace: false);
                else
                    batch.Remove(Route(i));
            }

            Task answering = kernel.AnswerBatch((i, request) =>
            {
                bool asks = MemoryMarshal.Read<MessageHeader>(request).Flags.HasFlag(MessageFlags.Ack);
                Assert.Equal(i == answers.Length - 1, asks);
                (int answer, bool adds) = answers[i];
                List<byte[]> sent = [];
                if (adds && answer != 2)
                    sent.Add(Echo(request));
                if (answer == 1)
                    sent.Add(Ack(request, Errno.EINVAL, "Not today."));
                else if (asks)
                    sent.Add(Ack(request, 0));
                return [.. sent];
            });
            IReadOnlyList<RouteOutcome> outcomes = batch.Send(TestContext.Current.CancellationToken);
            Assert.True(answering.Wait(TimeSpan.FromSeconds(30)));
            Assert.Equal(0, batch.Count);
            Assert.Equal(Enumerable.Range(0, answers.Length).Select(Destination), outcomes.Select(outcome => outcome.Destination));
            for (int i = 0; i < answers.Length; i++)
            {
                (int answer, bool adds) = answers[i];
                Assert.Equal(answer == 0 && adds ? Destination(i) : null, outcomes[i].Route?.Destination);
                Assert.Equal(answer switch { 1 => "EINVAL", 2 when adds => "UnexpectedReply", _ => null }, outcomes[i].Fault?.Id);
                Assert.Equal(answer == 1 ? "Not today." : null, (outcomes[i].Fault as NetlinkException)?.ExtendedAck);
                if (outcomes[i].Fault is not null)
                    Assert.Contains(Destination(i).ToString(), outcomes[i].Fault!.Message, StringComparison.Ordinal);
            }
        },
        iter: 100,
        threads: 1);

    [Fact]
    public async Task The_next_batch_is_numbered_on()
    {
        using RouteSession session = _kernel.Session();
        using var batch = new RouteBatch(session);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 5; i++)
                batch.Remove(Route(i));
            Task answering = _kernel.AnswerBatch((_, request) => [Ack(request, 0)]);
            Assert.Equal(5, batch.Send(TestContext.Current.CancellationToken).Count);
            await answering;
        }
    }

    [Fact]
    public void A_full_batch_says_so()
    {
        using RouteSession session = _kernel.Session();
        using var batch = new RouteBatch(session);
        while (!batch.IsFull)
            batch.Add(Spec(batch.Count), replace: false);
        Assert.Equal(64, batch.Count);

        // Large ones are fewer: what they echo must fit the receive buffer too.
        using var large = new RouteBatch(session);
        while (!large.IsFull)
            large.Add(Spec(0) with { NextHops = [.. Enumerable.Repeat(new NetLinkNextHop { Gateway = IPAddress.Parse("10.0.0.9") }, 64)] }, replace: false);
        Assert.InRange(large.Count, 10, 20);
    }

    /// <summary>The real kernel, which refuses each; the smallest receive buffer there is.</summary>
    [Fact]
    public void Answers_that_do_not_fit_the_receive_buffer_are_told_as_lost()
    {
        using NetlinkSocket socket = NetlinkSocket.Open(NetlinkConstants.NETLINK_ROUTE, null, batchBuffer: 1);
        using RouteSession session = RouteSession.Over(socket, "");
        using var batch = new RouteBatch(session);
        for (int i = 0; i < 64; i++)
            batch.Remove(Route(i));
        IReadOnlyList<RouteOutcome> outcomes = batch.Send(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 64).Select(Destination), outcomes.Select(outcome => outcome.Destination));
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Fault));
        Assert.NotEqual("AnswerLost", outcomes[0].Fault!.Id);
        Assert.Equal("AnswerLost", outcomes[^1].Fault!.Id);

        // The session goes on.
        batch.Remove(Route(0));
        RouteOutcome again = Assert.Single(batch.Send(TestContext.Current.CancellationToken));
        Assert.Equal(outcomes[0].Fault!.Id, again.Fault!.Id);
    }

    [Fact]
    public void A_batch_stopped_before_it_is_sent_is_not_sent()
    {
        using RouteSession session = _kernel.Session();
        using var batch = new RouteBatch(session);
        batch.Remove(Route(0));
        Assert.Throws<OperationCanceledException>(() => batch.Send(new CancellationToken(canceled: true)));
        Assert.Equal((0, 0), (batch.Count, _kernel.Waiting));
    }

    /// <summary>The kernel answers while it takes the requests: what it has done is read, also where the user has stopped meanwhile.</summary>
    [Fact]
    public void A_batch_stopped_once_it_is_sent_is_told()
    {
        using RouteSession session = _kernel.Session();
        using var requests = new RequestBatch(Routes.RequestSize);
        using var reader = new StoppingReader();
        for (int i = 0; i < 64; i++)
        {
            MessageWriter writer = requests.Begin();
            RouteCodec.WriteAdd(ref writer, Spec(i), replace: false);
            requests.Take(in writer);
        }

        foreach (byte[] request in FakeRouteKernel.Cut(requests.Stamped(1)))
            _kernel.Send(Ack(request, request[8] == 40 ? Errno.EEXIST : 0));
        session.Channel.ExecuteAll(requests, reader, "make routes", reader.Stopped);
        Assert.True(reader.Stopped.IsCancellationRequested);
        Assert.Equal(Enumerable.Range(1, 64).Select(i => i == 40 ? Errno.EEXIST : 0), reader.Errors);
    }

    private static IPNetwork Destination(int i) => FakeRouteKernel.Destination(i);

    private static RouteSpec Spec(int i) => new(Destination(i)) { NextHops = [new NetLinkNextHop { Gateway = IPAddress.Parse("10.0.0.9") }] };

    // In a table that is not there.
    private static NetLinkRoute Route(int i) => new() { Destination = Destination(i), Protocol = "bird", Table = "4171237", Type = NetLinkRouteType.Unicast };

    /// <summary>Stops at the first answer.</summary>
    private sealed class StoppingReader : IBatchReader, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public CancellationToken Stopped => _stop.Token;

        public List<int> Errors { get; } = [];

        public void Reply(int index, in Message message)
        {
        }

        public void Answer(int index, in Acknowledgement answer)
        {
            _stop.Cancel();
            Errors.Add(answer.Error);
        }

        public void Dispose() => _stop.Dispose();
    }

    private static byte[] Echo(byte[] request)
    {
        byte[] echo = [.. request];
        MemoryMarshal.Write(echo.AsSpan(6), (ushort)0);
        return echo;
    }

    private static byte[] Ack(byte[] request, int error, string? text = null)
    {
        MessageHeader header = MemoryMarshal.Read<MessageHeader>(request);
        var writer = new MessageWriter(new byte[256]);
        writer.Begin(NetlinkConstants.NLMSG_ERROR, MessageFlags.Capped | MessageFlags.AckTlvs);
        writer.Struct(-error);
        writer.Struct(header);
        if (text is not null)
            writer.Text(NetlinkConstants.NLMSGERR_ATTR_MSG, text);
        writer.End();
        byte[] answer = writer.Written.ToArray();
        MemoryMarshal.Write(answer.AsSpan(8), header.Sequence);
        return answer;
    }
}
