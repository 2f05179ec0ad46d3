using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>An apply touches what differs and nothing else: sessions of WireGuard and of BGP that were there go on.</summary>
public sealed class UntouchedTests : IDisposable
{
    private static readonly int[] s_three = [1, 2, 3];
    private readonly FabricWorld _world = new(1, 2, 3, 4);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void SessionsGoOnWhileAGatewayComesGoesAndMoves()
    {
        _world.Write(s_three);
        foreach (int gateway in s_three)
            Assert.Equal(2, Tunnels(_world.Apply(gateway)));
        foreach (int gateway in s_three)
            _world.Engine.Succeed("$null = Wait-BirdProtocol IBGP* -State Established -Timeout 120 -ControlSocket $socket", ("socket", _world.ControlSocket(gateway)));

        // A second run does nothing, and says so.
        foreach (int gateway in s_three)
        {
            Assert.Empty(_world.Engine.Succeed(_world.Compare(gateway)));
            Assert.Equal($"G{gateway} is as the fabric says: nothing to do.", Assert.Single(_world.Apply(gateway)).Properties["Message"].Value);
        }

        IReadOnlyDictionary<string, Session> before = Sessions();
        Assert.Equal(6, before.Count);

        _world.Write([1, 2, 3, 4]);
        foreach (int gateway in new[] { 1, 2, 3, 4 })
            Assert.Equal(3, Tunnels(_world.Apply(gateway)));
        IReadOnlyDictionary<string, Session> with = Sessions();
        AssertUntouched(before, with);

        _world.Write(s_three);
        foreach (int gateway in s_three)
            Assert.Equal(2, Tunnels(_world.Apply(gateway)));
        IReadOnlyDictionary<string, Session> without = Sessions();
        AssertUntouched(with, without);
        foreach (int gateway in s_three)
            Assert.DoesNotContain("wg4", Native.Ip($"-n {_world.Private(gateway)} -br link"), StringComparison.Ordinal);

        _world.Write(s_three, endpoint: number => number == 2 ? "10.9.0.102" : null);
        foreach (int gateway in new[] { 1, 3 })
        {
            IReadOnlyList<PSObject> emitted = _world.Apply(gateway);
            Assert.Equal(2, emitted.Count);
            Assert.Equal("wg2", emitted[0].Properties["Name"].Value);
            Assert.Contains("Endpoint", (string)emitted[0].Properties["Description"].Value, StringComparison.Ordinal);
        }

        Assert.Equal("nothing to do.", string.Join(' ', ((string)Assert.Single(_world.Apply(2)).Properties["Message"].Value).Split(' ')[^3..]));

        // Changed in place: even the session to the gateway that moved is the same. Where its peers send now is not asked: it still sends
        // from its old address, and they may have followed it back there.
        AssertUntouched(without, Sessions());
    }

    private static void AssertUntouched(IReadOnlyDictionary<string, Session> before, IReadOnlyDictionary<string, Session> now)
    {
        foreach ((string name, Session old) in before)
        {
            // The tunnels to and from a gateway that left are gone.
            if (!now.TryGetValue(name, out Session? session))
            {
                Assert.Contains("4", name, StringComparison.Ordinal);
                continue;
            }

            if (name.EndsWith("wg4", StringComparison.Ordinal))
                continue;
            Assert.Equal(old with { Since = "", Handshake = null, Received = 0, Sent = 0 }, session with { Since = "", Handshake = null, Received = 0, Sent = 0 });
            AssertSameHandshake(name, old, session);
            AssertSameTimes(old.Since, session.Since);
            Assert.True(session.Received >= old.Received && session.Sent >= old.Sent, $"{name}: the counters went back.");
        }
    }

    // A session that goes on shakes hands again by itself after two minutes (REKEY_AFTER_TIME, section 6.1 of the WireGuard paper), and an
    // emulated machine takes that long. The two ends count from different packets of the first.
    private static void AssertSameHandshake(string name, Session old, Session now) => Assert.True(
        old.Handshake == now.Handshake || now.Handshake - old.Handshake > TimeSpan.FromSeconds(110),
        $"{name}: the handshake of {old.Handshake:HH:mm:ss} became one of {now.Handshake:HH:mm:ss}.");

    private static void AssertSameTimes(string before, string now)
    {
        string[] old = before.Split(';'), current = now.Split(';');
        Assert.Equal(old.Select(one => one.Split(' ')[0]), current.Select(one => one.Split(' ')[0]));
        foreach ((string was, string one) in old.Zip(current).Where(pair => pair.First.Length > 0))
            BirdMoment.AssertSame(was.Split(' ')[1], one.Split(' ')[1]);
    }

    private static int Tunnels(IReadOnlyList<PSObject> emitted) => (int)emitted[^1].Properties["Tunnels"].Value;

    private Dictionary<string, Session> Sessions()
    {
        var sessions = new Dictionary<string, Session>(StringComparer.Ordinal);
        foreach (int gateway in s_three)
        {
            foreach (PSObject tunnel in _world.Engine.Succeed($"Get-WgTunnel -Namespace {_world.Private(gateway)}"))
            {
                string name = (string)tunnel.Properties["Name"].Value;
                object peer = ((object[])tunnel.Properties["Peers"].Value)[0];
                PSObject p = PSObject.AsPSObject(peer);
                string bird = string.Join(';', _world.Engine.Succeed(
                    $"Get-BirdProtocol *_G{name[2..]} -ControlSocket {_world.ControlSocket(gateway)} | ForEach-Object {{ \"$($_.Name) $($_.Since.Ticks)\" }}"));
                sessions[$"G{gateway} {name}"] = new Session(
                    (int)tunnel.Properties["Index"].Value,
                    (int?)tunnel.Properties["ProcessId"].Value,
                    (DateTimeOffset?)p.Properties["LatestHandshake"].Value,
                    name == "wg4" ? "" : bird,
                    (ulong)p.Properties["ReceivedBytes"].Value,
                    (ulong)p.Properties["SentBytes"].Value);
            }
        }

        return sessions;
    }

    private sealed record Session(int Index, int? ProcessId, DateTimeOffset? Handshake, string Since, ulong Received, ulong Sent);
}
