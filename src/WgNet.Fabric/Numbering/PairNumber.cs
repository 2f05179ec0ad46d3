namespace WgNet.Fabric;

/// <summary>
/// Numbers pairs of gateways, so that a pair's number follows from the two gateways' own numbers alone: nothing is recorded, and a gateway
/// that comes or goes changes nobody's. It makes the addresses of their tunnel.
/// </summary>
/// <remarks>
/// Pairs among the first six gateways are numbered as the article's script does it for its three sites of two: nested loops, pairs of one site
/// left out (those come behind, for fabrics where they are two sites). All others are counted by the later gateway: 15 pairs lie below number
/// 7, 21 below number 8, n(n-1)/2 below n+1.
/// </remarks>
internal static class PairNumber
{
    private const int Founders = 6;

    /// <summary>Pairs from this number on are counted by their later gateway.</summary>
    public const int BelowFounders = Founders * (Founders - 1) / 2;

    // By the lower number, then the higher; the article's twelve first, then the three pairs that are one site there.
    private static readonly (int Low, int High)[] s_founding =
    [
        (1, 3), (1, 4), (1, 5), (1, 6), (2, 3), (2, 4), (2, 5), (2, 6), (3, 5), (3, 6), (4, 5), (4, 6), (1, 2), (3, 4), (5, 6),
    ];

    /// <summary>The pair's number, from 0; the order of the two does not matter.</summary>
    public static long Of(int one, int other)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(one, other), 1);
        ArgumentOutOfRangeException.ThrowIfEqual(one, other);
        int low = Math.Min(one, other), high = Math.Max(one, other);
        return high <= Founders ? Array.IndexOf(s_founding, (low, high)) : ((long)(high - 1) * (high - 2) / 2) + low - 1;
    }
}
