using System.Buffers.Binary;
using System.Net;
using CsCheck;
using WgNet.WireGuard;
using WgNet.WireGuard.Kernel;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>Against what Linux 6.1 sent and took.</summary>
public sealed class KernelDeviceTests
{
    [Theory]
    [InlineData("wg-get-unconfigured", "wgempty")]
    [InlineData("wg-get-four-peers", "wga")]
    [InlineData("wg-get-2000-peers", "wgd")]
    [InlineData("wg-get-first-peer-6000-ips", "wgb")]
    public void A_device_reads_as_wg_showed_it_however_many_messages_it_took(string capture, string name)
    {
        RecordedChannel channel = RecordedChannel.Of(capture);
        using KernelDevice kernel = channel.Device(name);
        WgDevice device = kernel.Read(TestContext.Current.CancellationToken);
        Assert.Equal(name, device.Name);
        Assert.NotEqual(0u, device.Index);
        Assert.Equal(Fixture.Text($"wireguard-kernel/{capture}.dump.txt"), WgDump.Of(device));
        Assert.Equal(RecordedChannel.RequestOf(capture), RecordedChannel.Stamped(Assert.Single(channel.Requests)));
    }

    [Fact]
    public void The_family_is_found_by_its_name()
    {
        RecordedChannel channel = RecordedChannel.Of("wg-get-unconfigured");
        Assert.Equal((ushort)0x20, GenericFamily.Find(channel, "wireguard", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_scoped_endpoint_keeps_its_scope()
    {
        using KernelDevice kernel = RecordedChannel.Of("wg-get-four-peers").Device("wga");
        IPEndPoint endpoint = kernel.Read(TestContext.Current.CancellationToken).Peers[3].Endpoint!;
        Assert.Equal(1, endpoint.Address.ScopeId);
        byte[] written = new byte[EndpointBytes.MaxSize];
        Assert.Equal(EndpointBytes.MaxSize, EndpointBytes.Write(endpoint, written));
        Assert.Equal(endpoint, EndpointBytes.Read(written));
    }

    [Theory]
    [InlineData("wg-err-get-no-such-device", "WgDeviceNotFound", FaultKind.NotFound)]
    [InlineData("wg-err-get-not-wireguard", "NotWireGuard", FaultKind.InvalidArgument)]
    [InlineData("wg-err-get-both", "EBADR", FaultKind.Unavailable)]
    public void A_refused_reading_is_told_by_its_kind(string capture, string id, FaultKind kind)
    {
        using KernelDevice kernel = RecordedChannel.Of(capture).Device("wga");
        FaultException fault = Assert.ThrowsAny<FaultException>(() => kernel.Read(TestContext.Current.CancellationToken));
        Assert.Equal((id, kind), (fault.Id, fault.Kind));
        Assert.Contains("wga", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wg-set-bad-cidr", "EINVAL", null)]
    [InlineData("wg-set-short-key", "ERANGE", "binary attribute size out of range")]
    [InlineData("wg-set-unnested-peers", "EINVAL", "NLA_F_NESTED is missing")]
    public void A_refused_change_keeps_the_kernels_own_words(string capture, string id, string? words)
    {
        using KernelDevice kernel = RecordedChannel.Of(capture).Device("wga");
        FaultException fault = Assert.ThrowsAny<FaultException>(() => kernel.Apply(new WgDeviceChange { ListenPort = 1 }, TestContext.Current.CancellationToken));
        Assert.Equal(id, fault.Id);
        Assert.Contains(words ?? "Invalid argument", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_a_peer_is_the_message_that_the_kernel_took() => SameBytes("wg-set-ok-add-peer", key => new WgPeerChange
    {
        PublicKey = key,
        PersistentKeepalive = 11,
        AllowedIPs = [AllowedIP.Parse("10.9.0.0/16")],
    });

    [Fact]
    public void Updating_a_peer_only_is_the_message_that_the_kernel_took() =>
        SameBytes("wg-set-update-only-missing", key => new WgPeerChange { PublicKey = key, UpdateOnly = true });

    [Fact]
    public void Changed_bytes_read_or_are_malformed()
    {
        byte[] answer = Fixture.Bytes("wireguard-kernel/wg-get-four-peers.bin");
        Gen.Select(Gen.Int[20, answer.Length - 1], Gen.Byte, Gen.Int[0, 40]).Sample((position, value, run) =>
        {
            byte[] changed = [.. answer];
            changed.AsSpan(position, Math.Min(run, changed.Length - position)).Fill(value);
            ReadOrFault(new RecordedChannel(changed, [changed.Length]));
        });
    }

    [Fact]
    public void Arbitrary_attributes_read_or_are_malformed() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        byte[] answer = [0, 0, 0, 0, 0x20, 0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, .. bytes];
        BinaryPrimitives.WriteInt32LittleEndian(answer, answer.Length);
        ReadOrFault(new RecordedChannel(answer, [answer.Length]));
    });

    private static void ReadOrFault(RecordedChannel channel)
    {
        using KernelDevice kernel = channel.Device("wga");
        try
        {
            kernel.Read();
        }
        catch (FaultException fault)
        {
            Assert.NotEmpty(fault.Id);
        }
    }

    // The peer's key stands behind 40 bytes: headers, the name, and three attribute headers.
    private static void SameBytes(string capture, Func<WgPublicKey, WgPeerChange> peer)
    {
        byte[] expected = RecordedChannel.RequestOf(capture);
        RecordedChannel channel = RecordedChannel.Of(capture);
        using KernelDevice kernel = channel.Device("wga");
        kernel.Apply(new WgDeviceChange { Peers = [peer(new WgPublicKey(expected.AsSpan(40, 32)))] }, TestContext.Current.CancellationToken);
        Assert.Equal(expected, RecordedChannel.Stamped(Assert.Single(channel.Requests)));
    }
}
