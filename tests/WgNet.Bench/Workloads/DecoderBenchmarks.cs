using BenchmarkDotNet.Attributes;
using WgNet.Netlink;

namespace WgNet.Bench;

/// <summary>What the decoders do with one datagram of routes, a tenth of them multipath.</summary>
public class DecoderBenchmarks
{
    /// <summary>Messages in the datagram.</summary>
    public const int Messages = 400;

    private readonly byte[] _routes = RouteDatagram.Make(Messages);

    /// <summary>Cuts the datagram into messages.</summary>
    [Benchmark]
    public int Cut()
    {
        int count = 0;
        var reader = new MessageReader(_routes);
        while (reader.Next(out _))
            count++;
        return count;
    }

    /// <summary>Reads each route into its structure, its ways too.</summary>
    [Benchmark]
    public int Routes()
    {
        int ways = 0;
        var reader = new MessageReader(_routes);
        while (reader.Next(out Message message))
        {
            if (!RouteView.TryRead(in message, out RouteView route))
                continue;
            var hops = new NextHopReader(route.Several);
            ways += route.Several.IsEmpty ? 1 : 0;
            while (hops.Next())
                ways++;
        }

        return ways;
    }
}
