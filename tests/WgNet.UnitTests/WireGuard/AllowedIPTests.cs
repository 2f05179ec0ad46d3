using System.Net;
using System.Net.Sockets;
using CsCheck;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

public sealed class AllowedIPTests
{
    // Few addresses, so that equal ones meet, also across families.
    private static readonly Gen<AllowedIP> s_near = Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 3]).Select((number, v6, bits) =>
        AllowedIP.Parse(v6 ? $"a00:{number}::/{29 + bits}" : $"10.0.{number}.0/{29 + bits}"));

    [Fact]
    public void It_is_the_address_with_its_host_bits_cleared() => Gen.Select(Generators.Address, Gen.Int[0, 128]).Sample((address, bits) =>
    {
        byte[] bytes = address.GetAddressBytes();
        int length = Math.Min(bits, 8 * bytes.Length);
        var allowed = new AllowedIP(address, length);
        for (int bit = length; bit < 8 * bytes.Length; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        Assert.Equal((new IPAddress(bytes), length), (allowed.Address, allowed.PrefixLength));
        Assert.Equal($"{new IPAddress(bytes)}/{length}", allowed.ToString());
        Assert.Equal(allowed, AllowedIP.Parse($"{address}/{length}"));
        Assert.Equal(allowed, AllowedIP.Parse(allowed.ToString().ToUpperInvariant()));
    });

    [Fact]
    public void They_are_equal_when_they_read_alike() => Gen.Select(s_near, s_near).Sample((left, right) =>
    {
        bool alike = left.ToString() == right.ToString();
        Assert.Equal(alike, left == right);
        Assert.Equal(!alike, left != right);
        Assert.Equal(alike, left.Equals((object)right));
        Assert.True(!alike || left.GetHashCode() == right.GetHashCode());
    });

    [Theory]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1/128", "::ffff:a00:1", true)]
    [InlineData("0.0.0.0/0", "::/0", false)]
    [InlineData("a00::/32", "10.0.0.0/32", false)]
    [InlineData("1.2.3.4/08", "1.0.0.0/8", true)]
    public void A_mapped_address_is_an_IPv6_one(string left, string right, bool equal) => Assert.Equal(equal, AllowedIP.Parse(left) == AllowedIP.Parse(right));

    [Fact]
    public void A_zone_is_no_part_of_it()
    {
        var allowed = new AllowedIP(IPAddress.Parse("fe80::1%3"), 128);
        Assert.Equal(0, allowed.Address.ScopeId);
        Assert.Equal(AllowedIP.Parse("fe80::1"), allowed);
        Assert.Equal("InvalidAllowedIP", Assert.Throws<FaultException>(() => AllowedIP.Parse("fe80::1%3")).Id);
    }

    [Fact]
    public void Nothing_is_all_of_IPv4()
    {
        Assert.Equal((IPAddress.Any, 0), (default(AllowedIP).Address, default(AllowedIP).PrefixLength));
        Assert.Equal(default, AllowedIP.Everything[0]);
        Assert.Equal(AddressFamily.InterNetworkV6, AllowedIP.Everything[1].Address.AddressFamily);
    }

    [Theory]
    [InlineData("10.0.0.0", -1)]
    [InlineData("10.0.0.0", 33)]
    [InlineData("::", 129)]
    public void A_length_out_of_range_is_refused(string address, int length) =>
        Assert.Equal("InvalidAllowedIP", Assert.Throws<FaultException>(() => new AllowedIP(IPAddress.Parse(address), length)).Id);

    [Fact]
    public void Hashes_of_neighbours_differ()
    {
        int[] hashes = [.. Enumerable.Range(0, 10_000).SelectMany(i => (AllowedIP[])[AllowedIP.Parse($"10.{i >> 8}.{i & 255}.0/24"), AllowedIP.Parse($"fd00:{i:x}::/64")]).Select(allowed => allowed.GetHashCode())];
        Assert.InRange(hashes.Distinct().Count(), 19_000, 20_000);
    }
}
