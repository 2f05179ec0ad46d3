using System.Globalization;
using WgNet.Netlink;
using WgNet.WireGuard.Kernel;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>Reading a recorded message into its structure costs no memory.</summary>
public sealed class AllocationTests
{
    private delegate int Reading(in Message message);

    [Theory]
    [InlineData("netlink/getroute4")]
    [InlineData("netlink/getroute6")]
    public void Of_routes(string recording) => ReadsFree(recording, static (in Message message) =>
    {
        if (!RouteView.TryRead(in message, out RouteView route))
            return 0;
        var hops = new NextHopReader(route.Several);
        while (hops.Next())
        {
        }

        return 1;
    });

    [Fact]
    public void Of_links() => ReadsFree("netlink/getlink", static (in Message message) => LinkView.TryRead(in message, out _) ? 1 : 0);

    [Theory]
    [InlineData("netlink/getaddr4")]
    [InlineData("netlink/getaddr6")]
    public void Of_addresses(string recording) => ReadsFree(recording, static (in Message message) => AddressView.TryRead(in message, out _) ? 1 : 0);

    [Theory]
    [InlineData("wireguard-kernel/wg-get-2000-peers")]
    [InlineData("wireguard-kernel/wg-get-first-peer-6000-ips")]
    public void Of_wireguard_peers(string recording) => ReadsFree(recording, static (in Message message) =>
    {
        int peers = 0;
        AttributeReader attributes = message.Attributes<GenericHeader>();
        while (attributes.Next())
        {
            AttributeReader list = attributes.Type == DeviceAttribute.Peers ? attributes.Nested : default;
            while (list.Next())
            {
                if (!PeerView.TryRead(list.Value, out PeerView peer, out _))
                    continue;
                peers++;
                var allowed = new AllowedIPReader(peer.AllowedIPs);
                while (allowed.Next())
                {
                }
            }
        }

        return peers;
    });

    private static void ReadsFree(string recording, Reading read)
    {
        byte[] bytes = Fixture.Bytes(recording + ".bin");
        int[] lengths = [.. Fixture.Text(recording + ".idx").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

        // Once to have it compiled; the runtime itself may allocate a little on this thread meanwhile, so the least of several counts.
        Assert.True(All() > 0);
        long least = Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            All();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, least);

        int All()
        {
            int items = 0, start = 0;
            foreach (int length in lengths)
            {
                var reader = new MessageReader(bytes.AsSpan(start, length));
                start += length;
                while (reader.Next(out Message message))
                    items += read(in message);
            }

            return items;
        }
    }
}
