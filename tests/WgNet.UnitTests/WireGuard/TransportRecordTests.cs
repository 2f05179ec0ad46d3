using CsCheck;
using WgNet.Netlink;
using WgNet.WireGuard.Tunnels;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>What the alias of a kernel tunnel says of its transport.</summary>
public sealed class TransportRecordTests
{
    [Theory]
    [InlineData("wireguard transport: public [netns cookie 4097]", "public", 4097UL)]
    [InlineData("wireguard transport: [netns cookie 7]", "", 7UL)]
    [InlineData("wireguard transport: public", "public", null)]
    [InlineData("wireguard transport: odd [netns cookie x]", "odd [netns cookie x]", null)]
    [InlineData("wireguard transport: odd]", "odd]", null)]
    public void Reads(string alias, string name, ulong? cookie) => Assert.Equal(new TransportRecord(name, cookie), TransportRecord.Parse(alias));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("to Paris, by the old cable")]
    public void AnAliasOfTheUsersOwnIsNoRecord(string? alias) => Assert.Null(TransportRecord.Parse(alias));

    [Fact]
    public void WhatIsWrittenIsRead() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 20], Gen.ULong).Sample((name, cookie) =>
            TransportRecord.Parse(new TransportRecord(name, cookie).ToString()) == new TransportRecord(name, cookie));

    [Fact]
    public void ArbitraryTextNeverFails() => Gen.String.Sample(text => TransportRecord.Parse("wireguard transport: " + text) is not null);

    [Fact]
    public void ItsOwnNamespaceIsFoundWhateverItIsCalled()
    {
        using NetNamespaceHandle own = NetNamespaceHandle.Open(null);
        TransportRecord record = TransportRecord.Of(own);
        Assert.Equal("", record.Locate(own));
        Assert.Equal("", (record with { Name = "a-name-that-is-gone" }).Locate(own));
        if (record.Cookie is { } cookie)
            Assert.Null((record with { Cookie = cookie ^ (1UL << 63) }).Locate(own));
    }
}
