using System.Buffers.Binary;
using System.Net.Sockets;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

/// <summary>
/// A cache of route origins that speaks RPKI-to-Router (RFC 6810, RFC 8210) to one BIRD in a namespace: each question is
/// answered with one origin, 192.0.2.0/24 from AS 65001, as session 4711 and serial number 7.
/// </summary>
internal sealed class RpkiCache : IDisposable
{
    private readonly TcpListener _listener;
    private readonly List<Socket> _open = [];

    public RpkiCache(EngineSession engine, string ns, string address, int port)
    {
        // A socket stays in the namespace that it was made in.
        const string Script = "Invoke-NetNamespace $ns { $l = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Parse($address), $port); $l.Start(); $l }";
        _listener = (TcpListener)Assert.Single(engine.Succeed(Script, ("ns", ns), ("address", address), ("port", port))).BaseObject;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public void Dispose()
    {
        lock (_open)
        {
            _listener.Dispose();
            foreach (Socket socket in _open)
                socket.Dispose();
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.AcceptSocket();
                lock (_open)
                    _open.Add(socket);
                Serve(socket);
            }
        }
        catch (Exception caught) when (caught is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static void Serve(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: false);
        byte[] head = new byte[8];
        try
        {
            while (true)
            {
                stream.ReadExactly(head);
                stream.ReadExactly(new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) - 8]);

                // Serial query (1) and reset query (2), in the version that BIRD chose.
                if (head[1] is 1 or 2)
                    stream.Write([.. Message(head[0], 3), .. Message(head[0], 4, [1, 24, 24, 0, 192, 0, 2, 0, 0, 0, 0xfd, 0xe9]), .. EndOfData(head[0])]);
            }
        }
        catch (IOException)
        {
            // BIRD went away, or the test is over.
        }
    }

    // Version 0 leaves the times to the router; later ones say refresh 1800, retry 300, expire 3600.
    private static byte[] EndOfData(byte version) =>
        Message(version, 7, version == 0 ? [0, 0, 0, 7] : [0, 0, 0, 7, 0, 0, 7, 8, 0, 0, 1, 0x2c, 0, 0, 0x0e, 0x10]);

    private static byte[] Message(byte version, byte type, params byte[] body) =>
        [version, type, .. type == 4 ? (byte[])[0, 0] : [0x12, 0x67], 0, 0, 0, (byte)(8 + body.Length), .. body];
}
