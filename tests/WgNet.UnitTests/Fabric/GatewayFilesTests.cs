using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

/// <summary>The exported files of gateways: all or none, nobody else's are touched.</summary>
public sealed class GatewayFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-files-").FullName;
    private readonly WgFabric _fabric = FabricFile.ReadJson(Fixture.Text("Fabric/article.json")).Fabric!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AGatewayHasAFileForEachTunnelAndBirds()
    {
        Write(overwrite: false, "V1-1", "V3-2");
        Assert.Equal(["bird.conf", "wg3.conf", "wg4.conf", "wg5.conf", "wg6.conf"], Files("V1-1"));
        Assert.Equal(["bird.conf", "wg1.conf", "wg2.conf", "wg3.conf", "wg4.conf"], Files("V3-2"));
        string text = File.ReadAllText($"{_folder}/V1-1/wg3.conf");
        WgConfig config = global::WgNet.WireGuard.ConfigParser.Parse(text, "it");
        Assert.Equal((ushort?)5803, config.ListenPort);
        Assert.Null(config.PrivateKey);
        WgConfigPeer peer = Assert.Single(config.Peers);
        Assert.Equal(("Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=", "[2001:db8:2::1]:5801", 2), (peer.PublicKey.Text, peer.Endpoint!.ToString(), peer.AllowedIPs.Length));
        Assert.Contains("2001:db8:ff::/127, 169.254.1.0/31", text, StringComparison.Ordinal);
        Assert.Contains("neighbor 2001:db8:ff::1 as 65002;", File.ReadAllText($"{_folder}/V1-1/bird.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatIsThereIsReplacedOnlyIfToldSoAndOurs()
    {
        Write(overwrite: false, "V1-1");
        Assert.Equal("FileExists", Assert.Throws<FaultException>(() => Write(overwrite: false, "V1-2", "V1-1")).Id);
        Assert.False(Directory.Exists($"{_folder}/V1-2"));
        File.Delete($"{_folder}/V1-1/wg3.conf");
        Write(overwrite: true, "V1-1", "V1-2");
        Assert.True(File.Exists($"{_folder}/V1-1/wg3.conf"));
        File.WriteAllText($"{_folder}/V1-1/bird.d/mine.conf", "# mine");
        Assert.Equal("FolderNotOurs", Assert.Throws<FaultException>(() => Write(overwrite: true, "V2-1", "V1-1")).Id);
        Assert.Equal(["V1-1", "V1-2"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void WhenOneFailsNoneIsLeft()
    {
        Write(overwrite: false, "V1-1");
        string before = File.ReadAllText($"{_folder}/V1-1/wg3.conf");
        IEnumerable<(string, string)> Failing()
        {
            yield return ("a", "b");
            throw new IOException("the disk is full");
        }

        FaultException fault = Assert.Throws<FaultException>(() => GatewayFiles.Write(_folder, [("V1-1", [("wg3.conf", "new")]), ("V1-2", Failing())], overwrite: true));
        Assert.Equal("FileNotWritten", fault.Id);
        Assert.Equal(["V1-1"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
        Assert.Equal(before, File.ReadAllText($"{_folder}/V1-1/wg3.conf"));
    }

    private void Write(bool overwrite, params string[] gateways) => GatewayFiles.Write(
        _folder,
        [.. _fabric.Gateways.Where(gateway => gateways.Contains(gateway.Name)).Select(gateway => (gateway.Name, GatewayFiles.Of(GatewayPlan.Of(_fabric, gateway, GatewayFiles.Anywhere(_fabric)))))],
        overwrite);

    private IEnumerable<string?> Files(string gateway) => Directory.GetFiles($"{_folder}/{gateway}").Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
