using System.Net;
using System.Text;
using CsCheck;
using WgNet.Netlink;
using WgNet.WireGuard;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

public sealed class UapiReplyTests
{
    private const string Key = "2e3eab71ab281528a2a45ce232113eb821d7d09b3674f31b124d1454678c856f";
    private static readonly string[] s_wrong = ["UapiMalformed", "UapiClosed"];

    [Theory]
    [InlineData("uapi-get-two-peers.txt", "wg-show-dump-two-peers.txt")]
    [InlineData("uapi-get-unconfigured.txt", "wg-show-dump-unconfigured.txt")]
    public void What_wireguard_go_answered_reads_as_wg_showed_it(string reply, string dump)
    {
        WgDevice device = UapiAnswer.Device(Fixture.Bytes($"wireguard/{reply}"));
        Assert.Equal(0, UapiAnswer.DeviceErrno(Fixture.Bytes($"wireguard/{reply}")));
        Assert.Equal(Fixture.Text($"wireguard/{dump}"), WgDump.Of(device));
    }

    [Fact]
    public void A_peer_that_is_alive_reads_whole()
    {
        WgDevice device = UapiAnswer.Device(Fixture.Bytes("wireguard/uapi-get-wg5.txt"));
        WgPeerState peer = Assert.Single(device.Peers);
        Assert.Equal("apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=", device.PublicKey!.ToString());
        Assert.Equal("trTzZeGwfSJaCDr7pM39VLeZCBqoxCrRJYuslIkEJDw=", peer.PublicKey.ToString());
        Assert.Equal(IPEndPoint.Parse("[2001:db8:3::1]:5801"), peer.Endpoint);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795358966).AddTicks(2535243), peer.LatestHandshake);
        Assert.Equal((58312UL, 58456UL), (peer.SentBytes, peer.ReceivedBytes));
        Assert.Equal(AllowedIP.Everything, peer.AllowedIPs);
        Assert.Null(peer.PresharedKey);
    }

    [Fact]
    public void A_handshake_on_the_whole_second_counts()
    {
        WgDevice device = Read($"public_key={Key}\nlast_handshake_time_sec=5\nlast_handshake_time_nsec=0\n");
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(5), device.Peers[0].LatestHandshake);
    }

    [Fact]
    public void Keys_of_a_later_version_are_passed_over() =>
        Assert.Single(Read($"new_thing=x=y\npublic_key={Key}\nnewer_thing=\nlisten_port=1\n").Peers);

    [Fact]
    public void Every_recorded_answer_to_set_ends_in_its_errno()
    {
        string[] names = Fixture.Names("wireguard", "uapi-set-*.txt");
        Assert.True(names.Length >= 8);
        foreach (string name in names)
        {
            int expected = name switch
            {
                "uapi-set-port-in-use.txt" => Errno.EADDRINUSE,
                _ when name.Contains("bad", StringComparison.Ordinal) => Errno.EINVAL,
                _ => 0,
            };
            Assert.Equal(expected, UapiAnswer.Errno(Fixture.Bytes($"wireguard/{name}")));
        }

        Assert.Equal(Errno.EINVAL, UapiAnswer.DeviceErrno(Fixture.Bytes("wireguard/uapi-get-trailing.txt")));
    }

    [Theory]
    [InlineData("errno=22\n\n")]
    [InlineData("errno=-22\n\n")]
    public void Both_signs_of_errno_mean_the_same(string reply) => Assert.Equal(22, UapiAnswer.Errno(Encoding.ASCII.GetBytes(reply)));

    [Theory]
    [InlineData("\n")]
    [InlineData("errno=0\n\n\n")]
    [InlineData("errno=0\nlisten_port=1\n\n")]
    [InlineData("errno=x\n\n")]
    [InlineData("listen_port=1\n\n")]
    [InlineData("listen_port=65536\nerrno=0\n\n")]
    [InlineData("listen_port=+1\nerrno=0\n\n")]
    [InlineData("listen_port=\nerrno=0\n\n")]
    [InlineData("private_key=00\nerrno=0\n\n")]
    [InlineData("no sign\nerrno=0\n\n")]
    [InlineData("=1\nerrno=0\n\n")]
    [InlineData("public_key=zz3eab71ab281528a2a45ce232113eb821d7d09b3674f31b124d1454678c856f\nerrno=0\n\n")]
    [InlineData($"public_key={Key}\nallowed_ip=10.0.0.0/33\nerrno=0\n\n")]
    [InlineData($"public_key={Key}\nendpoint=example.com:1\nerrno=0\n\n")]
    [InlineData($"public_key={Key}\nlast_handshake_time_sec=9223372036854775807\nerrno=0\n\n")]
    [InlineData($"public_key={Key}\nlast_handshake_time_nsec=1000000000\nerrno=0\n\n")]
    public void What_is_not_the_protocol_is_malformed(string reply) =>
        Assert.Equal("UapiMalformed", Assert.Throws<FaultException>(() => UapiAnswer.Device(reply)).Id);

    [Fact]
    public void It_reads_alike_however_it_arrives()
    {
        byte[] answer = Fixture.Bytes("wireguard/uapi-get-two-peers.txt");
        string whole = WgDump.Of(UapiAnswer.Device(answer));
        for (int piece = 1; piece <= answer.Length; piece++)
            Assert.Equal(whole, WgDump.Of(UapiAnswer.Device(answer, piece)));
    }

    [Theory]
    [InlineData(49)]
    [InlineData(52)]
    public void Few_peers_or_many_the_device_has_its_public_key(int count)
    {
        var secret = WgPrivateKey.Generate();
        string key = Convert.ToHexStringLower(Convert.FromBase64String(secret.Reveal()));
        string peers = string.Concat(Enumerable.Range(0, count).Select(i => $"public_key={i:x8}{Key[8..]}\n"));
        WgDevice device = Read($"private_key={key}\n{peers}");
        Assert.Equal((secret.GetPublicKey(), count), (device.PublicKey, device.Peers.Length));
    }

    [Fact]
    public void What_breaks_off_is_never_taken_for_whole()
    {
        byte[] answer = Fixture.Bytes("wireguard/uapi-get-two-peers.txt");
        for (int length = 0; length < answer.Length; length++)
            Assert.Equal("UapiClosed", Assert.Throws<FaultException>(() => UapiAnswer.Device(answer[..length])).Id);
    }

    [Fact]
    public void Arbitrary_bytes_read_or_are_malformed() => Gen.Byte.Array.Sample(ReadOrFault);

    [Fact]
    public void A_reply_with_changed_bytes_reads_or_is_malformed()
    {
        byte[] reply = Fixture.Bytes("wireguard/uapi-get-two-peers.txt");
        Gen.Select(Gen.Int[0, reply.Length - 1], Gen.Byte, Gen.Int[0, reply.Length]).Sample((position, value, length) =>
        {
            byte[] changed = [.. reply];
            changed[position] = value;
            ReadOrFault(changed);
            ReadOrFault(changed[..length]);
        });
    }

    private static void ReadOrFault(byte[] bytes)
    {
        try
        {
            UapiAnswer.Device(bytes);
        }
        catch (FaultException fault)
        {
            Assert.Contains(fault.Id, s_wrong);
        }
    }

    private static WgDevice Read(string lines) => UapiAnswer.Device(lines + "errno=0\n\n");
}
