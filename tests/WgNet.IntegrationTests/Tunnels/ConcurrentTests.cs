using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>Others change devices and links while we read and change them.</summary>
public sealed class ConcurrentTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly string _ns;

    public ConcurrentTests()
    {
        _ns = _world.Namespace("a");
        _engine.Run("", ("ns", _ns));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    /// <summary>The kernel marks a dump of a device that changed meanwhile (NLM_F_DUMP_INTR): it is read again, or said.</summary>
    [Fact]
    public void AReadingIsWholeOrSaidToBeInterrupted()
    {
        const int Peers = 400;
        PSObject tunnel = Assert.Single(_engine.Succeed("New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns"));
        string file = Path.Combine(_world.Folder, "many.conf");
        File.WriteAllText(file, string.Concat(Enumerable.Range(1, Peers).Select(i => $"[Peer]\nPublicKey = {Key(i)}\nAllowedIPs = 10.{i >> 8}.{i & 255}.0/24, fd00:{i:x}::/64\n")));
        Backend.Wg(tunnel, "addconf", file);
        string name = tunnel.Properties["UapiSocket"].Value is string socket ? Path.GetFileNameWithoutExtension(socket) : "wg0";
        using Daemon writer = Daemon.StartIn(_ns, "sh", "-c", $"while wg set {name} peer {Key(Peers + 1)} allowed-ips 10.200.0.0/16; do wg set {name} peer {Key(Peers + 1)} remove; done");
        int whole = 0;
        for (int i = 0; i < 20; i++)
        {
            EngineResult read = _engine.Run("$all = @(Get-WgPeer wg0 -Namespace $ns); $sum = 0; foreach ($one in $all) { $sum += $one.AllowedIPs.Count }; \"$($all.Count) $sum\"");
            Assert.All(read.ErrorIds, id => Assert.Equal("DumpInterrupted", id));
            if (!read.ErrorIds.Any())
            {
                whole++;
                Assert.Contains(read.Output[0].ToString(), (string[])[$"{Peers} {2 * Peers}", $"{Peers + 1} {(2 * Peers) + 1}", $"{Peers + 1} {2 * Peers}"]);
            }
        }

        Assert.True(whole > 0, "No reading was whole.");
        Assert.False(writer.HasExited);
    }

    [Fact]
    public void TunnelsThatVanishDuringAListingAreLeftOut()
    {
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns");
        using var other = new EngineSession();
        using RunningPipeline changes = other.Start(
            "$key = New-WgKey; while ($true) { $null = New-WgTunnel wg1 -PrivateKey $key -TransportNamespace $ns -Namespace $ns; Remove-WgTunnel wg1 -Namespace $ns -Confirm:$false }", ("ns", _ns));
        for (int i = 0; i < 20; i++)
        {
            IReadOnlyList<PSObject> found = _engine.Succeed("Get-WgTunnel -Namespace $ns");
            Assert.Contains(found, tunnel => (string)tunnel.Properties["Name"].Value == "wg0");
        }

        Assert.False(changes.IsCompleted);
        changes.Stop();
    }

    /// <summary>A change of a peer that another takes away meanwhile must not bring it back (WGPEER_F_UPDATE_ONLY).</summary>
    [Fact]
    public void AChangeDoesNotBringAPeerBack()
    {
        _engine.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $ns -Namespace $ns");
        using var other = new EngineSession();
        other.Run("", ("ns", _ns), ("peer", Key(1)));
        for (int i = 0; i < 10; i++)
        {
            _engine.Succeed("Add-WgPeer wg0 $peer -Namespace $ns", ("peer", Key(1)));
            using (RunningPipeline change = other.Start("foreach ($i in 1..20) { Set-WgPeer wg0 $peer -Namespace $ns -PersistentKeepalive $i -ErrorAction Ignore }"))
            {
                _engine.Succeed("Remove-WgPeer wg0 $peer -Namespace $ns -Confirm:$false");
                change.Finish();
            }

            Assert.Empty(_engine.Succeed("Get-WgPeer wg0 -Namespace $ns"));
        }
    }

    private static string Key(int number)
    {
        byte[] key = new byte[32];
        BitConverter.TryWriteBytes(key, number);
        return Convert.ToBase64String(key);
    }
}
