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
}
