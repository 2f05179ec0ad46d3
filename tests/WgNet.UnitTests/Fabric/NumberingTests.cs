using System.Net;
using System.Net.Sockets;
using CsCheck;
using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

public class NumberingTests
{
    // The article's script: for a, v, ra, rv in nested order with a < ra.
    [Fact]
    public void PairsOfTheArticleAreNumberedAsItsScriptDoes()
    {
        int expected = 0;
        for (int a = 1; a <= 3; a++)
            for (int v = 1; v <= 2; v++)
                for (int ra = a + 1; ra <= 3; ra++)
                    for (int rv = 1; rv <= 2; rv++)
                        Assert.Equal(expected++, PairNumber.Of(((a - 1) * 2) + v, ((ra - 1) * 2) + rv));
        Assert.Equal(12, expected);
    }

    [Fact]
    public void EveryPairHasANumberOfItsOwnAndNoneIsLeftOut()
    {
        var numbers = new HashSet<long>();
        const int Gateways = 200;
        for (int high = 2; high <= Gateways; high++)
            for (int low = 1; low < high; low++)
                Assert.True(numbers.Add(PairNumber.Of(low, high)));
        Assert.Equal(Gateways * (Gateways - 1) / 2, numbers.Count);
        Assert.Equal(numbers.Count - 1, numbers.Max());
    }

    [Fact]
    public void APairIsTheSameFromBothEnds() => Gen.Select(Gen.Int[1, 59_000], Gen.Int[1, 59_000]).Where((one, other) => one != other)
        .Sample((one, other) => Assert.Equal(PairNumber.Of(one, other), PairNumber.Of(other, one)));

    [Theory]
    [InlineData("2001:db8:ff::/64", 5, false, "2001:db8:ff::a")]
    [InlineData("2001:db8:ff::/64", 5, true, "2001:db8:ff::b")]
    [InlineData("169.254.1.0-169.254.254.255", 128, true, "169.254.2.1")]
    [InlineData("10.0.0.1-10.0.0.4", 0, false, "10.0.0.2")]
    [InlineData("10.0.0.1-10.0.0.4", 1, false, null)]
    [InlineData("10.0.0.0/30", 1, true, "10.0.0.3")]
    [InlineData("10.0.0.0/30", 2, false, null)]
    public void APoolGivesPairsOfAnEvenAndAnOddAddress(string pool, long pair, bool odd, string? address)
    {
        AddressFamily family = pool.Contains(':', StringComparison.Ordinal) ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        Assert.Equal(address, TunnelPool.Of([pool]).Find(family, pair, odd)?.ToString());
    }

    [Fact]
    public void APoolPutBehindAnotherRenumbersNobody()
    {
        TunnelPool small = TunnelPool.Of(["10.0.0.0/30"]), more = TunnelPool.Of(["10.0.0.0/30", "2001:db8::/64", "10.9.0.0/24"]);
        for (long pair = 0; pair < 2; pair++)
            Assert.Equal(small.Find(AddressFamily.InterNetwork, pair, false), more.Find(AddressFamily.InterNetwork, pair, false));
        Assert.Equal(IPAddress.Parse("10.9.0.0"), more.Find(AddressFamily.InterNetwork, 2, false));
        Assert.Equal((UInt128)130, more.Capacity(AddressFamily.InterNetwork));
    }

    [Theory]
    [InlineData("10.0.0.1/24")]
    [InlineData("10.0.0.9-10.0.0.1")]
    [InlineData("10.0.0.1-2001:db8::1")]
    [InlineData("10.0.0.1")]
    [InlineData("")]
    public void WhatIsNeitherPrefixNorRangeIsNoPool(string text) =>
        Assert.Equal("InvalidAddress", Assert.Throws<FaultException>(() => TunnelPool.Of([text])).Id);

    [Theory]
    [InlineData("site9", 65001u, 1)]
    [InlineData("paris", 65020u, 20)]
    [InlineData("site3", null, 3)]
    [InlineData("site3", 4200000001u, 3)]
    [InlineData("paris", 4200000001u, null)]
    [InlineData("site0", null, null)]
    public void ASiteIsNumberedByItsASNumberOrItsName(string name, uint? asNumber, int? number) => Assert.Equal(number, GatewayNumber.OfSite(name, asNumber));

    [Theory]
    [InlineData("V3-2", 3, 6)]
    [InlineData("paris1", 1, 1)]
    [InlineData("V1-3", 1, null)]
    [InlineData("paris", 1, null)]
    public void AGatewayIsNumberedByItsSiteAndItsName(string name, int site, int? number) => Assert.Equal(number, GatewayNumber.OfGateway(name, site));

    [Theory]
    [InlineData(3, 6, "1.0.3.2")]
    [InlineData(1, 101, "1.1.0.101")]
    [InlineData(300, 600, "1.1.2.88")]
    public void RouterIdsAreThoseOfTheArticleWhereTheNumbersAre(int site, int gateway, string id) => Assert.Equal(id, GatewayNumber.RouterId(site, gateway));
}
