using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>Sockets in WireGuard's directory that nobody serves properly, and daemons that stand still, keep no cmdlet for ever.</summary>
public sealed class HostileSocketTests : IDisposable
{
    private const string Sockets = "/run/wireguard";
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly string _ns;

    public HostileSocketTests()
    {
        _ns = _world.Namespace("a");
        _engine.Run("$key = New-WgKey; $peer = (New-WgKey).PublicKey", ("ns", _ns));
        Directory.CreateDirectory(Sockets);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    /// <summary>A connect to a socket whose queue is full waits until somebody accepts: here nobody ever does.</summary>
    [Fact]
    public void FullQueueOfAnotherSocketHoldsUpNothing()
    {
        _engine.Succeed("New-WgTunnel wg1 -PrivateKey $key -TransportNamespace $ns -Namespace $ns -Backend Userspace");
        string path = $"{Sockets}/wgt-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.sock";
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        List<Socket> queue = [];
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(0);
            Fill(path, queue);
            using RunningPipeline running = _engine.Start("(Get-WgTunnel -Namespace $ns).Name");
            Assert.Equal("wg1", Assert.Single(running.Finish().Output).ToString());
        }
        finally
        {
            queue.ForEach(socket => socket.Dispose());
            listener.Dispose();
            File.Delete(path);
        }
    }

    [Fact]
    public void WaitingForAStoppedDaemonEndsInTime()
    {
        int daemon = (int)_engine.Succeed("(New-WgTunnel wg1 -PrivateKey $key -PeerPublicKey $peer -TransportNamespace $ns -Namespace $ns -Backend Userspace).ProcessId")[0].BaseObject;
        Native.Succeed("kill", "-STOP", $"{daemon}");
        long start = Stopwatch.GetTimestamp();
        _engine.Fail("HandshakeTimeout", "Wait-WgPeer wg1 -Namespace $ns -Timeout 1");

        // Below the ten seconds after which the daemon's silence is an error of its own.
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 1, 9.5);

        _engine.Succeed("Remove-WgTunnel wg1 -Namespace $ns -Confirm:$false");
        Wait.Until(() => !Directory.Exists($"/proc/{daemon}"), "the stopped daemon ends");
    }

    [Fact]
    public void SocketFileOfAKilledDaemonGoesWithTheNextTunnel()
    {
        var killed = _engine.Succeed("New-WgTunnel wg1 -PrivateKey $key -TransportNamespace $ns -Namespace $ns -Backend Userspace")[0];
        string path = (string)killed.Properties["UapiSocket"].Value;
        Native.Succeed("kill", "-KILL", $"{killed.Properties["ProcessId"].Value}");
        Wait.Until(() => !Native.Ip($"-n {_ns} -o link").Contains("wg1", StringComparison.Ordinal), "the killed daemon's interface goes");
        Assert.True(File.Exists(path));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-5));

        _engine.Succeed("New-WgTunnel wg1 -PrivateKey $key -TransportNamespace $ns -Namespace $ns -Backend Userspace");
        Assert.False(File.Exists(path));
    }

    private static void Fill(string path, List<Socket> queue)
    {
        while (true)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            queue.Add(socket);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
