using System.Net;
using System.Text;
using CsCheck;
using WgNet.WireGuard;
using WgNet.WireGuard.Uapi;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>The fast reader of addresses takes what the strict one takes, as the same; what it leaves alone is the strict one's to judge.</summary>
public sealed class PlainAddressTests
{
    [Fact]
    public void Every_address_reads_back() => Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16], One<byte>(0, 0, 0, 0, 1, 255).Array[16]).Sample(bytes =>
    {
        var address = new IPAddress(bytes);
        string text = address.ToString();
        IPAddress? read = PlainAddress.TryParse(Encoding.ASCII.GetBytes(text));

        // Forms with a quad inside, ::ffff:10.0.0.1, are left alone.
        Assert.Equal(text.Contains(':') && text.Contains('.') ? null : address, read);
    });

    [Fact]
    public void What_it_takes_the_strict_reader_takes_as_the_same() =>
        One("0", "1", "01", "9", "25", "255", "256", "1000", ".", ".", ".", ":", ":", "::", "f", "ffff", "fffff", "g", "%", "/", " ", "").Array[1, 18].Sample(
            parts =>
            {
                string text = string.Concat(parts);
                IPAddress? fast = PlainAddress.TryParse(Encoding.ASCII.GetBytes(text));
                bool strict = AddressText.TryParse(text, out IPAddress address);
                Assert.True(fast is null || (strict && address.Equals(fast)), text);
            },
            iter: 20000);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("65535", 65535)]
    [InlineData("65536", -1)]
    [InlineData("", -1)]
    [InlineData("00", -1)]
    [InlineData("+1", -1)]
    [InlineData("1 ", -1)]
    [InlineData("123456", -1)]
    public void Numbers_are_plain_digits(string text, int expected) => Assert.Equal(expected, PlainAddress.Number(Encoding.ASCII.GetBytes(text), 65535));

    [Fact]
    public void Peers_come_sorted_also_where_keys_begin_alike() => One<byte>(0, 1, 255).Array[32].Array[0, 30].Sample(keys =>
    {
        List<WgPeerState> peers = [.. keys.Select(key => new WgPeerState { PublicKey = new WgPublicKey(key) })];
        WgPeerState[] sorted = UapiPeer.Sorted(peers);
        Assert.Equal(
            keys.Select(key => Convert.ToHexString(key)).Order(StringComparer.Ordinal),
            sorted.Select(peer => Convert.ToHexString(peer.PublicKey.Bytes)));
    });

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
