using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.WireGuard;

/// <summary>Configurations on a real device: what we set, Debian's wg must read; what it sets, we must read.</summary>
public sealed class ConfigTests : IDisposable
{
    private const string PrivateKey = "0E1CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkVY=";
    private const string FirstKey = "Lj6rcasoFSiipFziMhE+uCHX0Js2dPMbEk0UVGeMhW8=";
    private const string SecondKey = "n5uSQmohLsRnW1TSAyoYK19FIk2cng5aSl6VcCWGdXE=";
    private const string ThirdKey = "Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=";
    private const string Preshared = "j7nKapmylUVzPexjzpw5bAxLghVO2SSM7QHdVzPBk2c=";

    private const string TwoPeers =
        $"""
        [Interface]
        PrivateKey = {PrivateKey}
        ListenPort = 51820
        FwMark = 0x33
        [Peer]
        PublicKey = {FirstKey}
        PresharedKey = {Preshared}
        Endpoint = 192.0.2.1:51820
        AllowedIPs = 10.0.0.0/8, 2001:db8::/32, 192.168.0.1/32
        PersistentKeepalive = 25
        [Peer]
        PublicKey = {SecondKey}
        AllowedIPs = 10.1.0.0/16
        """;

    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly RealDevice _device;

    public ConfigTests() => _device = new RealDevice(_world.Namespace("a"));

    public void Dispose()
    {
        _device.Dispose();
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void What_we_import_wg_shows()
    {
        Import(TwoPeers, "Replace");
        Assert.Equal(RealDevice.Sorted(Conf(TwoPeers)), _device.ShowConf());
    }

    [Fact]
    public void What_wg_sets_we_show_as_it_does()
    {
        _device.Wg("setconf", Write(TwoPeers));
        Assert.Equal(_device.ShowConf(), RealDevice.Sorted(Ours()));
        _device.Wg("set", "fwmark", "0", "peer", FirstKey, "preshared-key", "/dev/null", "persistent-keepalive", "0", "allowed-ips", "", "endpoint", "[2001:db8::9]:7");
        Assert.Equal(_device.ShowConf(), RealDevice.Sorted(Ours()));
    }

    [Fact]
    public void What_we_export_wg_takes()
    {
        Import(TwoPeers, "Replace");
        string before = _device.ShowConf();
        string file = Path.Combine(_world.Folder, "out.conf");
        _engine.Succeed("Export-WgConfig -Tunnel $name -Namespace $ns -Path $file", Named("file", file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Import("[Interface]\n", "Replace");
        _device.Wg("setconf", file);
        Assert.Equal(before, _device.ShowConf());
        _engine.Fail("FileExists", "Export-WgConfig -Tunnel $name -Namespace $ns -Path $file", Named("file", file));
    }

    [Fact]
    public void An_empty_configuration_takes_all_away()
    {
        Import(TwoPeers, "Replace");
        Import("", "Replace");
        string[] left = _device.ShowConf().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("[Interface]", left[0]);
        Assert.True(left.Length == 1 || (left.Length == 2 && left[1].StartsWith("ListenPort", StringComparison.Ordinal)), string.Join('\n', left));
    }

    [Fact]
    public void Add_leaves_what_the_file_does_not_say()
    {
        Import(TwoPeers, "Replace");
        Import($"[Peer]\nPublicKey = {ThirdKey}\nAllowedIPs = 10.1.0.0/16\n", "Add");
        string expected = TwoPeers.Replace("AllowedIPs = 10.1.0.0/16", "", StringComparison.Ordinal) + $"\n[Peer]\nPublicKey = {ThirdKey}\nAllowedIPs = 10.1.0.0/16\n";
        Assert.Equal(RealDevice.Sorted(Conf(expected)), _device.ShowConf());
    }

    [Fact]
    public void Sync_ends_where_wg_syncconf_ends()
    {
        string after =
            $"""
            [Interface]
            PrivateKey = {PrivateKey}
            ListenPort = 51820
            FwMark = off
            [Peer]
            PublicKey = {FirstKey}
            PresharedKey = {Preshared}
            AllowedIPs = 10.0.0.0/8, 10.1.0.0/16
            Endpoint = 192.0.2.2:51820
            PersistentKeepalive = 26
            [Peer]
            PublicKey = {ThirdKey}
            AllowedIPs = 192.168.0.1/32
            """;
        _device.Wg("setconf", Write(TwoPeers));
        _device.Wg("syncconf", Write(after));
        string expected = _device.ShowConf();
        _device.Wg("setconf", Write(TwoPeers));
        Import(after, "Sync");
        Assert.Equal(expected, _device.ShowConf());
    }

    /// <summary>wg syncconf would clear key, port and mark here, and newer versions of it the preshared key and the keepalive.</summary>
    [Fact]
    public void Sync_takes_away_peers_and_allowed_IPs_and_no_value_that_the_file_does_not_say()
    {
        Import(TwoPeers, "Replace");
        Import($"[Peer]\nPublicKey = {FirstKey}\n", "Sync");
        string left = TwoPeers[..TwoPeers.LastIndexOf("[Peer]", StringComparison.Ordinal)];
        Assert.Equal(RealDevice.Sorted(Conf(left.Replace("AllowedIPs = 10.0.0.0/8, 2001:db8::/32, 192.168.0.1/32\n", "", StringComparison.Ordinal))), _device.ShowConf());

        Import($"[Interface]\nFwMark = off\n[Peer]\nPublicKey = {FirstKey}\nPresharedKey = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nPersistentKeepalive = off\n", "Sync");
        Assert.Equal(RealDevice.Sorted(Conf($"[Interface]\nPrivateKey = {PrivateKey}\nListenPort = 51820\n[Peer]\nPublicKey = {FirstKey}\nEndpoint = 192.0.2.1:51820\n")), _device.ShowConf());
    }

    [Fact]
    public void A_thousand_peers_go_both_ways()
    {
        string many = $"[Interface]\nPrivateKey = {PrivateKey}\nListenPort = 51821\n" + string.Concat(Enumerable.Range(0, 1000).Select(i =>
            $"[Peer]\nPublicKey = {Key(i)}\nPresharedKey = {Preshared}\nAllowedIPs = 10.{i / 250}.{i % 250}.0/24, fd00:{i:x}::/64\n"));
        Import(many, "Replace");
        Assert.Equal(RealDevice.Sorted(Conf(many)), _device.ShowConf());
        Assert.Equal(_device.ShowConf(), RealDevice.Sorted(Ours()));
    }

    [Fact]
    public void A_bad_file_changes_nothing_and_no_key_of_it_is_told()
    {
        Import(TwoPeers, "Replace");
        string before = _device.ShowConf();
        string bad = TwoPeers.Replace("10.1.0.0/16", "10.1.0.0/77", StringComparison.Ordinal).Replace(Preshared, Preshared[..43], StringComparison.Ordinal);
        ErrorRecord error = _engine.Fail("InvalidConfig", "Import-WgConfig -Path $file -Tunnel $name -Namespace $ns", Named("file", Write(bad)));
        Assert.Contains("line 7:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("line 13:", error.ToString(), StringComparison.Ordinal);
        foreach (string secret in (string[])[PrivateKey, Preshared])
            Assert.DoesNotContain(secret[..10], $"{error} {error.Exception} {error.TargetObject} {error.CategoryInfo}", StringComparison.Ordinal);
        Assert.Equal(before, _device.ShowConf());
    }

    [Fact]
    public void A_port_in_use_is_told_before_anything_changes()
    {
        Import(TwoPeers, "Replace");
        string before = _device.ShowConf();
        using var other = new RealDevice(_device.Namespace);
        other.Wg("set", "listen-port", "51999");
        _engine.Fail("PortInUse", "Import-WgConfig -Path $file -Tunnel $name -Namespace $ns", Named("file", Write(TwoPeers.Replace("51820", "51999", StringComparison.Ordinal))));
        Assert.Equal(before, _device.ShowConf());
    }

    [Fact]
    public void What_only_wg_quick_knows_is_said_and_not_done()
    {
        string marker = Path.Combine(_world.Folder, "ran");
        EngineResult result = _engine.Run(
            "Import-WgConfig -Path $file -Tunnel $name -Namespace $ns",
            Named("file", Write($"[Interface]\nAddress = 10.0.0.1/24\nMTU = 1300\nPostUp = touch {marker}\n")));
        Assert.Empty(result.Errors);
        Assert.Contains(result.Warnings, warning => warning.Contains("Address, MTU, PostUp", StringComparison.Ordinal));
        Assert.False(File.Exists(marker));
        Assert.DoesNotContain("10.0.0.1", Native.Ip($"-n {_device.Namespace} addr show dev {_device.Name}"), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        _device.Wg("setconf", Write(TwoPeers));
        string before = _device.ShowConf();
        _engine.Succeed("Import-WgConfig -Path $file -Tunnel $name -Namespace $ns -WhatIf", Named("file", Write("[Interface]\n")));
        Assert.Equal(before, _device.ShowConf());
    }

    private static string Key(int number)
    {
        byte[] key = new byte[32];
        BitConverter.TryWriteBytes(key, number + 1);
        return Convert.ToBase64String(key);
    }

    private void Import(string config, string mode) =>
        _engine.Succeed($"Import-WgConfig -Path $file -Tunnel $name -Namespace $ns -Mode {mode}", Named("file", Write(config)));

    private string Ours() => (string)Assert.Single(_engine.Succeed("ConvertTo-WgConfig -Tunnel $name -Namespace $ns", Named("x", null))).BaseObject;

    // The text as showconf orders its settings.
    private string Conf(string config) =>
        (string)Assert.Single(_engine.Succeed("ConvertFrom-WgConfig -Path $file | ConvertTo-WgConfig", ("file", Write(config)))).BaseObject;

    private (string Name, object? Value)[] Named(string name, object? value) => [("name", _device.Name), ("ns", _device.Namespace), (name, value)];

    private string Write(string config) => _world.PrivateFile(Path.GetRandomFileName(), config);
}
