using BenchmarkDotNet.Attributes;
using WgNet.Netlink;

namespace WgNet.Bench;

/// <summary>
/// What the decoders do with datagrams: of routes, a tenth of them multipath, as the kernel would write them; of links, addresses and
/// WireGuard peers as it did. Every method answers how many items it read.
/// </summary>
public class DecoderBenchmarks
{
    private readonly byte[][] _routes = [RouteDatagram.Make(400)];
    private readonly byte[][] _links = Recording.Of("getlink");
    private readonly byte[][] _addresses = Recording.Of("getaddr4");
    private readonly byte[][] _peers = Recording.Of("wg-get-2000-peers");

    /// <summary>Cuts datagrams into messages.</summary>
    [Benchmark]
    public int Cut() => Recording.Walk(_routes, static (in Message _) => 1);

    /// <summary>Reads each route into its structure, its ways too.</summary>
    [Benchmark]
    public int Routes() => Recording.Walk(_routes, StructReading.Route);

    /// <summary>Reads each link into its structure.</summary>
    [Benchmark]
    public int Links() => Recording.Walk(_links, StructReading.Link);

    /// <summary>Reads each address into its structure.</summary>
    [Benchmark]
    public int Addresses() => Recording.Walk(_addresses, StructReading.Address);

    /// <summary>Reads each WireGuard peer into its structure, its allowed IPs too.</summary>
    [Benchmark]
    public int Peers() => Recording.Walk(_peers, StructReading.Peers);
}
