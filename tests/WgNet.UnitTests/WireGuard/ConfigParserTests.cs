using CsCheck;
using WgNet.WireGuard;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

public sealed class ConfigParserTests
{
    private const string Private = "001CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=";
    private const string Public = "Lj6rcasoFSiipFziMhE+uCHX0Js2dPMbEk0UVGeMhW8=";

    [Theory]
    [InlineData("wg-showconf-two-peers.txt")]
    [InlineData("wg-showconf-wg5.txt")]
    public void What_showconf_printed_is_written_again_as_it_was(string name)
    {
        string text = Fixture.Text($"wireguard/{name}");
        Assert.Equal(text, ConfigWriter.Write(Parse(text)));
    }

    [Fact]
    public void What_a_device_says_is_written_as_showconf_printed_it()
    {
        WgDevice device = UapiAnswer.Device(Fixture.Bytes("wireguard/uapi-get-two-peers.txt"));
        Assert.Equal(Fixture.Text("wireguard/wg-showconf-two-peers.txt"), ConfigWriter.Write(ConfigWriter.Of(device)));
    }

    [Fact]
    public void Comments_white_space_and_case_do_not_matter()
    {
        WgConfig config = Parse(
            $"""
              [ inter FACE ] # a device
            privatekey={Private[..20]} {Private[20..]}
            LISTENPORT = 58 03	#x

              fwMark = 0x2A
            [peer]
            PublicKey={Public}#
            AllowedIPs = 10.1.2.3/8 , ::1
            AllowedIPs = 10.0.0.1
            Endpoint = 2001:db8::1:5803
            PersistentKeepalive = OFF
            """.ReplaceLineEndings("\r\n"));
        Assert.Equal(Private, config.PrivateKey!.Reveal());
        Assert.Equal((ushort?)5803, config.ListenPort);
        Assert.Equal(42u, config.FirewallMark);
        WgConfigPeer peer = Assert.Single(config.Peers);
        Assert.Equal(["10.0.0.0/8", "::1/128", "10.0.0.1/32"], peer.AllowedIPs.Select(allowed => allowed.ToString()));
        Assert.Equal("[2001:db8::1]:5803", peer.Endpoint!.ToString());
        Assert.Equal((ushort?)0, peer.PersistentKeepalive);
    }

    [Theory]
    [InlineData("off", 0u)]
    [InlineData("OFF", 0u)]
    [InlineData("0", 0u)]
    [InlineData("010", 10u)]
    [InlineData("4294967295", uint.MaxValue)]
    [InlineData("0xffffffff", uint.MaxValue)]
    [InlineData("0x33", 51u)]
    [InlineData("0X33", null)]
    [InlineData("0x", null)]
    [InlineData("0x100000000", null)]
    [InlineData("4294967296", null)]
    [InlineData("-1", null)]
    [InlineData("+1", null)]
    [InlineData("1a", null)]
    [InlineData("on", null)]
    public void Firewall_marks(string text, uint? expected) => Assert.Equal(expected, Try($"[Interface]\nFwMark={text}")?.FirewallMark);

    [Theory]
    [InlineData("off", 0)]
    [InlineData("65535", 65535)]
    [InlineData("65536", null)]
    [InlineData("-1", null)]
    [InlineData("25s", null)]
    public void Keepalives(string text, int? expected) =>
        Assert.Equal(expected, (int?)Try($"[Peer]\nPublicKey={Public}\nPersistentKeepalive={text}")?.Peers[0].PersistentKeepalive);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("65535", 65535)]
    [InlineData("65536", null)]
    [InlineData("70000", null)]
    [InlineData("+1", null)]
    [InlineData("no-such-service", null)]
    public void Listen_ports(string text, int? expected) => Assert.Equal(expected, (int?)Try($"[Interface]\nListenPort={text}")?.ListenPort);

    [Theory]
    [InlineData("1.2.3.4:5", "1.2.3.4:5")]
    [InlineData("[2001:db8::1]:5", "[2001:db8::1]:5")]
    [InlineData("2001:db8::1:5", "[2001:db8::1]:5")]
    [InlineData("[fe80::1%eth0]:5", "[fe80::1%eth0]:5")]
    [InlineData("example.com:53", "example.com:53")]
    [InlineData("example.com", null)]
    [InlineData("1.2.3.4:", null)]
    [InlineData(":5", null)]
    [InlineData("[]:5", null)]
    [InlineData("[2001:db8::1]", null)]
    [InlineData("[2001:db8::1]5", null)]
    [InlineData("[2001:db8::1:5", null)]
    [InlineData("1.2.3.4:70000", null)]
    [InlineData("2001:db8::zz:5", null)]
    public void Endpoints(string text, string? expected) =>
        Assert.Equal(expected, Try($"[Peer]\nPublicKey={Public}\nEndpoint={text}")?.Peers[0].Endpoint?.ToString());

    [Theory]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("1.2.3.4", "1.2.3.4/32")]
    [InlineData("1.2.3.4/08", "1.0.0.0/8")]
    [InlineData("2001:db8:ffff::1/33", "2001:db8:8000::/33")]
    [InlineData("::ffff:1.2.3.4/128", "::ffff:1.2.3.4/128")]
    [InlineData("1.2.3.4/33", null)]
    [InlineData("::/129", null)]
    [InlineData("1.2.3.4/", null)]
    [InlineData("1.2.3.4/-1", null)]
    [InlineData("1.2.3/24", null)]
    [InlineData("01.2.3.4", null)]
    [InlineData("0x1.2.3.4", null)]
    [InlineData("1", null)]
    [InlineData("fe80::1%lo", null)]
    [InlineData("[::1]", null)]
    [InlineData("::1.2.3", null)]
    [InlineData("1.2.3.4,", null)]
    [InlineData(",", null)]
    [InlineData("", null)]
    public void Allowed_ips(string text, string? expected) =>
        Assert.Equal(expected, Try($"[Peer]\nPublicKey={Public}\nAllowedIPs={text}")?.Peers[0].AllowedIPs.Single().ToString());

    [Fact]
    public void Ports_may_be_names_of_services()
    {
        Assert.SkipUnless(File.Exists("/etc/services"), "This machine has no /etc/services.");
        Assert.Equal((ushort?)53, Try("[Interface]\nListenPort=domain")?.ListenPort);
        Assert.Equal("example.com:53", Try($"[Peer]\nPublicKey={Public}\nEndpoint=example.com:domain")?.Peers[0].Endpoint?.ToString());
    }

    [Fact]
    public void Signs_before_allowed_ips_keep_the_others()
    {
        WgConfigPeer peer = Parse($"[Peer]\nPublicKey={Public}\nAllowedIPs=+10.0.0.0/8,-10.1.0.0/16").Peers[0];
        Assert.True(peer.KeepsAllowedIPs);
        Assert.Equal("10.0.0.0/8", peer.AllowedIPs.Single().ToString());
        Assert.Equal("10.1.0.0/16", peer.RemovedAllowedIPs.Single().ToString());
        Assert.False(Parse($"[Peer]\nPublicKey={Public}\nAllowedIPs=+10.0.0.0/8\nAllowedIPs=::/0").Peers[0].KeepsAllowedIPs);
    }

    [Fact]
    public void All_errors_are_told_by_their_lines_and_nothing_is_repeated()
    {
        FaultException fault = Assert.Throws<FaultException>(() => Parse(
            $"""
            {Private}
            [Interface]
            PrivateKey = {Private[..43]}
            {Private[..40]}=
            ListenPort =
            AllowedIPs = 10.0.0.0/8
            [Peer]
            PresharedKey = {Private.Replace("RY=", "RZ=", StringComparison.Ordinal)}
            AllowedIPs = 10.0.0.0/8, 10.0.0.0/77
            [Peer]
            PublicKey = {Public[1..]}
            [Other]
            """));
        Assert.Equal(("InvalidConfig", FaultKind.InvalidData), (fault.Id, fault.Kind));
        foreach (int line in (int[])[1, 3, 4, 5, 6, 7, 8, 9, 11, 12])
            Assert.Contains($"line {line}: ", fault.Message, StringComparison.Ordinal);
        foreach (string part in (string[])[Private[..12], Public[1..12], "/77", "Other"])
            Assert.DoesNotContain(part, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_wg_quick_adds_is_read_as_data()
    {
        WgConfig config = Parse(
            """
            [Interface]
            Address = 10.0.0.1/24, 2001:db8::1/64
            Address = 10.0.1.1
            DNS = 9.9.9.9, example.com
            MTU = 1400
            Table = off
            SaveConfig = true
            PostUp = ip route add 10.0.0.0/8 dev %i # keeps this
            PostUp = echo two
            PreDown = true
            """);
        Assert.Equal(["10.0.0.1/24", "2001:db8::1/64", "10.0.1.1/32"], config.Address);
        Assert.Equal(["9.9.9.9", "example.com"], config.Dns);
        Assert.Equal((1400, "off", true), (config.Mtu, config.Table, config.SaveConfig));
        Assert.Equal(
            [new("PostUp", "ip route add 10.0.0.0/8 dev %i # keeps this"), new("PostUp", "echo two"), new WgConfigHook("PreDown", "true")], config.Hooks);
        Assert.Equal(["Address", "MTU", "Table", "DNS", "PostUp", "PreDown", "SaveConfig"], config.QuickSettings);
    }

    [Fact]
    public void What_is_written_reads_back_the_same() => ConfigGenerators.Config.Sample(config =>
    {
        string text = ConfigWriter.Write(config);
        WgConfig read = Parse(text);
        Assert.Equal(text, ConfigWriter.Write(read));
        Assert.Equivalent(config.Peers.Select(peer => peer.PublicKey.Text), read.Peers.Select(peer => peer.PublicKey.Text));
        Assert.Equal(config.PrivateKey, read.PrivateKey);
        Assert.Equal((config.ListenPort, config.FirewallMark, config.Mtu, config.Table, config.SaveConfig), (read.ListenPort, read.FirewallMark, read.Mtu, read.Table, read.SaveConfig));
        Assert.Equal(config.Hooks, read.Hooks);
        for (int i = 0; i < config.Peers.Length; i++)
        {
            Assert.Equal(config.Peers[i].PresharedKey, read.Peers[i].PresharedKey);
            Assert.Equal(config.Peers[i].Endpoint, read.Peers[i].Endpoint);
            Assert.Equal(config.Peers[i].AllowedIPs, read.Peers[i].AllowedIPs);
            Assert.Equal(config.Peers[i].PersistentKeepalive, read.Peers[i].PersistentKeepalive);
        }
    }, iter: 200);

    [Fact]
    public void Arbitrary_texts_read_or_are_a_fault() => Gen.OneOf(
        Gen.String,
        Gen.String["[]=#\n ,:/.%+-abcdefAIPK0123456789"],
        Gen.Select(Gen.Int[0, 400], Gen.Char).Select((at, c) => Fixture.Text("wireguard/wg-two-peers.conf").Remove(at, 1).Insert(at, c.ToString())))
        .Sample(text =>
        {
            try
            {
                Parse(text);
            }
            catch (FaultException fault)
            {
                Assert.Equal("InvalidConfig", fault.Id);
            }
        });

    [Fact]
    public void A_line_break_in_a_value_is_refused_since_it_would_be_another_setting()
    {
        var config = new WgConfig { Hooks = [new WgConfigHook("PostUp", "true\nPrivateKey = x")] };
        Assert.Equal("InvalidConfig", Assert.Throws<FaultException>(() => ConfigWriter.Write(config)).Id);
    }

    private static WgConfig Parse(string text) => ConfigParser.Parse(text, "The configuration");

    private static WgConfig? Try(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (FaultException fault)
        {
            Assert.Equal("InvalidConfig", fault.Id);
            return null;
        }
    }
}
