using System.Net;
using System.Text;
using CsCheck;
using WgNet.WireGuard;
using WgNet.WireGuard.Uapi;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

public sealed class UapiWriterTests
{
    [Fact]
    public void A_change_is_written_line_by_line()
    {
        string key = Convert.ToBase64String([.. Enumerable.Repeat((byte)0x11, 32)]);
        var change = new WgDeviceChange
        {
            PrivateKey = WgPrivateKey.FromBase64("001CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY="),
            ListenPort = 5803,
            FirewallMark = 0x33,
            ReplacePeers = true,
            Peers =
            [
                new WgPeerChange
                {
                    PublicKey = WgPublicKey.Parse(key),
                    UpdateOnly = true,
                    PresharedKey = WgPresharedKey.FromBase64(key),
                    Endpoint = IPEndPoint.Parse("[fe80::1%3]:5801"),
                    PersistentKeepalive = 25,
                    ReplaceAllowedIPs = true,
                    AllowedIPs = AllowedIP.Everything,
                },
                new WgPeerChange { PublicKey = WgPublicKey.Parse(key), Remove = true, PersistentKeepalive = 1 },
            ],
        };
        string hex = new('1', 64);
        Assert.Equal(
            $"""
            set=1
            private_key=d04d4289633c2a59e5fc04de713300623d2cabec28828e1a0848feb434649156
            listen_port=5803
            fwmark=51
            replace_peers=true
            public_key={hex}
            update_only=true
            preshared_key={hex}
            endpoint=[fe80::1%3]:5801
            persistent_keepalive_interval=25
            replace_allowed_ips=true
            allowed_ip=0.0.0.0/0
            allowed_ip=::/0
            public_key={hex}
            remove=true


            """, Text(change));
    }

    [Fact]
    public void Nothing_to_change_is_an_empty_request() => Assert.Equal("set=1\n\n", Text(new WgDeviceChange()));

    [Fact]
    public void What_is_written_for_a_state_reads_back_as_that_state() => Generators.Device.Sample(device =>
    {
        string text = Text(Generators.ChangeTo(device));
        string reply = text.Replace("set=1\n", "", StringComparison.Ordinal).Replace("replace_peers=true\n", "", StringComparison.Ordinal)
            .Replace("replace_allowed_ips=true\n", "", StringComparison.Ordinal)[..^1] + "errno=0\n\n";
        WgDevice read = UapiAnswer.Device(reply);
        Assert.Equal(WgDump.Lines(device).Order(StringComparer.Ordinal), WgDump.Lines(read).Order(StringComparer.Ordinal));
    }, iter: 300);

    private static string Text(WgDeviceChange change)
    {
        using var buffer = new SecretBuffer();
        UapiWriter.Write(change, buffer);
        return Encoding.ASCII.GetString(buffer.Written);
    }
}
