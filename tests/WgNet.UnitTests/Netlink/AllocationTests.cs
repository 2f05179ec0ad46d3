using System.Globalization;
using WgNet.Bench;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>Reading a recorded message into its structure costs no memory.</summary>
public sealed class AllocationTests
{
    private delegate int Reading(in Message message);

    [Theory]
    [InlineData("netlink/getroute4")]
    [InlineData("netlink/getroute6")]
    public void Of_routes(string recording) => ReadsFree(recording, StructReading.Route);

    [Fact]
    public void Of_links() => ReadsFree("netlink/getlink", StructReading.Link);

    [Theory]
    [InlineData("netlink/getaddr4")]
    [InlineData("netlink/getaddr6")]
    public void Of_addresses(string recording) => ReadsFree(recording, StructReading.Address);

    [Theory]
    [InlineData("wireguard-kernel/wg-get-2000-peers")]
    [InlineData("wireguard-kernel/wg-get-first-peer-6000-ips")]
    public void Of_wireguard_peers(string recording) => ReadsFree(recording, StructReading.Peers);

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
