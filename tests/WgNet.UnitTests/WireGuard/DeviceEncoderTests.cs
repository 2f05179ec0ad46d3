using CsCheck;
using WgNet.WireGuard;
using WgNet.WireGuard.Kernel;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>Large changes take several messages: cut anywhere, they must do what one message would.</summary>
public sealed class DeviceEncoderTests
{
    private static readonly Gen<WgPublicKey[]> s_keys = Generators.PublicKey.Array[4];

    // Few keys and few addresses, so that changes meet.
    private static readonly Gen<AllowedIP> s_allowed = Gen.Select(Gen.Int[0, 9], Gen.Bool).Select((number, v6) =>
        AllowedIP.Parse(v6 ? $"2001:db8::{number}" : $"10.0.0.{number}"));

    private static readonly Gen<WgDeviceChange> s_change = s_keys.SelectMany(keys =>
        Gen.Select(
            Generators.PrivateKey.Null(), Gen.UShort.Nullable(), Gen.UInt.Nullable(), Gen.Bool, Peer(keys).List[0, 8],
            (key, port, mark, replace, peers) =>
                new WgDeviceChange { PrivateKey = key, ListenPort = port, FirewallMark = mark, ReplacePeers = replace, Peers = peers }));

    [Fact]
    public void Any_change_does_the_same_whatever_the_size_of_its_messages() =>
        Gen.Select(Generators.Device, s_change, Gen.Int[320, 900]).Sample((before, change, size) =>
        {
            FakeKernel whole = Applied(before, change, DeviceEncoder.MaxMessage);
            FakeKernel cut = Applied(before, change, size);
            Assert.Equal(WgDump.Of(whole.State), WgDump.Of(cut.State));
            Assert.True(cut.Largest <= size);
        }, iter: 500);

    [Fact]
    public void The_change_to_a_device_makes_it() => Gen.Select(Generators.Device, Generators.Device).Sample((before, after) =>
        Assert.Equal(WgDump.Of(after), WgDump.Of(Applied(before, Generators.ChangeTo(after), 400).State)), iter: 300);

    [Fact]
    public void Ten_thousand_peers_go_in_few_messages()
    {
        var peers = new List<WgPeerChange>();
        for (int i = 0; i < 10_000; i++)
        {
            byte[] key = new byte[32];
            BitConverter.TryWriteBytes(key, i);
            peers.Add(new WgPeerChange { PublicKey = new WgPublicKey(key), ReplaceAllowedIPs = true, AllowedIPs = [AllowedIP.Parse($"10.{i / 256}.{i % 256}.1")] });
        }

        var kernel = new FakeKernel();
        using var device = new KernelDevice(kernel, "wgd");
        device.Apply(new WgDeviceChange { Peers = peers }, TestContext.Current.CancellationToken);
        Assert.InRange(kernel.Messages, 10, 20);
        Assert.InRange(kernel.Largest, 50_000, DeviceEncoder.MaxMessage);
    }

    [Fact]
    public void One_peer_with_more_addresses_than_a_message_holds_gets_them_all()
    {
        AllowedIP[] allowed = [.. Enumerable.Range(0, 6000).Select(i => AllowedIP.Parse($"10.0.{i / 256}.{i % 256}"))];
        var kernel = new FakeKernel();
        using var device = new KernelDevice(kernel, "wgb");
        device.Apply(
            new WgDeviceChange { Peers = [new WgPeerChange { PublicKey = new WgPublicKey(new byte[32]), ReplaceAllowedIPs = true, AllowedIPs = allowed }] },
            TestContext.Current.CancellationToken);
        Assert.True(kernel.Messages > 1);
        Assert.Equal(allowed, kernel.State.Peers[0].AllowedIPs);
    }

    [Fact]
    public void A_kernel_that_takes_single_allowed_ips_away_ends_where_one_does_that_gets_them_all_anew() =>
        Gen.Select(Generators.Device, s_allowed.List[0, 20], Gen.Int[320, 900]).Sample((before, wanted, size) =>
        {
            if (before.Peers.Length == 0)
                return;
            WgPeerState peer = before.Peers[^1];
            AllowedIP[] removed = [.. peer.AllowedIPs.Except(wanted)], added = [.. wanted.Except(peer.AllowedIPs)];
            if (removed.Length == 0)
                return;
            var change = new WgDeviceChange
            {
                Peers = [new WgPeerChange { PublicKey = peer.PublicKey, ReplaceAllowedIPs = true, AllowedIPs = [.. wanted.Distinct()], Steps = new AllowedIPSteps(removed, added) }],
            };
            FakeKernel old = Applied(before, change, size);
            FakeKernel recent = Applied(before, change, size, takesSingle: true);
            Assert.Equal(Sorted(old), Sorted(recent));
        }, iter: 500);

    [Fact]
    public void One_of_many_addresses_goes_in_a_short_message_where_the_kernel_can()
    {
        AllowedIP[] allowed = [.. Enumerable.Range(0, 6000).Select(i => AllowedIP.Parse($"10.0.{i / 256}.{i % 256}"))];
        var key = new WgPublicKey(new byte[32]);
        var before = new WgDevice { Peers = [new WgPeerState { PublicKey = key, AllowedIPs = allowed }] };
        var change = new WgDeviceChange { Peers = [new WgPeerChange { PublicKey = key, ReplaceAllowedIPs = true, AllowedIPs = allowed[1..], Steps = new AllowedIPSteps(allowed[..1], []) }] };
        FakeKernel recent = Applied(before, change, DeviceEncoder.MaxMessage, takesSingle: true);
        Assert.Equal(allowed[1..], recent.State.Peers[0].AllowedIPs);
        Assert.InRange(recent.Largest, 1, 300);
        Assert.Equal(allowed[1..], Applied(before, change, DeviceEncoder.MaxMessage).State.Peers[0].AllowedIPs);
    }

    [Fact]
    public void A_buffer_that_holds_no_peer_is_a_fault_not_a_loop()
    {
        using var device = new KernelDevice(new FakeKernel(), "wga") { MessageSize = 60 };
        var change = new WgDeviceChange { Peers = [new WgPeerChange { PublicKey = new WgPublicKey(new byte[32]) }] };
        Assert.Equal("MessageTooLong", Assert.Throws<FaultException>(() => device.Apply(change, TestContext.Current.CancellationToken)).Id);
    }

    private static Gen<WgPeerChange> Peer(WgPublicKey[] keys) => Gen.Select(
        Gen.Int[0, keys.Length - 1], Gen.Int[0, 7], Generators.PresharedKey.Null(), Generators.Endpoint.Null(), Gen.UShort.Nullable(), s_allowed.Array[0, 20],
        (key, flags, preshared, endpoint, interval, allowed) => new WgPeerChange
        {
            PublicKey = keys[key],
            Remove = flags == 7,
            UpdateOnly = (flags & 1) != 0,
            ReplaceAllowedIPs = (flags & 2) != 0,
            PresharedKey = preshared,
            Endpoint = endpoint,
            PersistentKeepalive = interval,
            AllowedIPs = allowed,
        });

    // The order of allowed IPs is the kernel's own.
    private static IEnumerable<string> Sorted(FakeKernel kernel) =>
        kernel.State.Peers.Select(peer => $"{peer.PublicKey} {string.Join(' ', peer.AllowedIPs.Select(allowed => allowed.ToString()).Order(StringComparer.Ordinal))}");

    private static FakeKernel Applied(WgDevice before, WgDeviceChange change, int size, bool takesSingle = false)
    {
        var kernel = new FakeKernel { TakesSingle = takesSingle };
        using (var setup = new KernelDevice(kernel, "wga"))
            setup.Apply(Generators.ChangeTo(before));
        kernel.Largest = 0;
        using var device = new KernelDevice(kernel, "wga") { MessageSize = size };
        device.Apply(change);
        return kernel;
    }
}
