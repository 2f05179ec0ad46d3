using CsCheck;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

public sealed class BirdSyntaxTests
{
    [Fact]
    public void A_query_is_written_in_BIRDs_words()
    {
        Assert.Equal("show route", new BirdRouteQuery().ToCommand(count: false));
        Assert.Equal(
            "show route for 10.0.0.1 table master4 table 'my-t.1' export KERNEL4 where (net.len > 8) protocol 'a-b' primary filtered all",
            new BirdRouteQuery { For = "10.0.0.1", Tables = ["master4", "my-t.1"], Export = "KERNEL4", Filter = "net.len > 8", Protocol = "a-b", Primary = true, Filtered = true, Detail = true }.ToCommand(count: false));
        Assert.Equal("show route 2001:db8::/32 table all count", new BirdRouteQuery { Prefix = "2001:db8::/32", Tables = ["*"], Detail = true }.ToCommand(count: true));
        Assert.Equal("show route in 10.0.0.0/8", new BirdRouteQuery { Within = " 10.0.0.0/8 " }.ToCommand(count: false));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0/8")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::/")]
    [InlineData("10.0.0.0/8 all")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]:80")]
    [InlineData("1")]
    [InlineData("0x0a000001")]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("10.0.0.0/+8")]
    public void What_is_no_prefix_never_reaches_the_daemon(string value) =>
        Assert.Equal("BirdInvalidPrefix", Assert.Throws<FaultException>(() => new BirdRouteQuery { Prefix = value }.ToCommand(false)).Id);

    [Theory]
    [InlineData("a b")]
    [InlineData("a'b")]
    [InlineData("a\"")]
    [InlineData("")]
    [InlineData("a;b")]
    [InlineData("all\nconfigure")]
    public void What_is_no_name_never_reaches_the_daemon(string value) =>
        Assert.Equal("BirdInvalidName", Assert.Throws<FaultException>(() => new BirdRouteQuery { Protocol = value }.ToCommand(false)).Id);

    [Theory]
    [InlineData("true) all (true")]
    [InlineData("true)")]
    [InlineData("(true")]
    [InlineData("true # ")]
    [InlineData("true /* ")]
    [InlineData("{ accept; }")]
    [InlineData("true; false")]
    [InlineData("proto = \"x")]
    [InlineData("net ~ [10.0.0.0/8{8,24)}")]
    [InlineData("net ~ 10.0.0.0/8+]")]
    [InlineData("  ")]
    public void An_expression_cannot_leave_its_parentheses(string value) =>
        Assert.Equal("BirdInvalidFilter", Assert.Throws<FaultException>(() => new BirdRouteQuery { Filter = value }.ToCommand(false)).Id);

    [Theory]
    [InlineData("net ~ [10.0.0.0/8+, 192.168.0.0/16{16,24}]")]
    public void Braces_of_prefix_patterns_are_part_of_an_expression(string value) =>
        Assert.Equal($"show route where ({value})", new BirdRouteQuery { Filter = value }.ToCommand(false));

    [Fact]
    public void Parentheses_in_texts_and_in_pairs_are_harmless() =>
        Assert.Equal("show route where (proto ~ \"a)*\" && (65001,1) ~ bgp_community)", new BirdRouteQuery { Filter = "proto ~ \"a)*\" && (65001,1) ~ bgp_community" }.ToCommand(false));

    [Fact]
    public void Any_text_is_refused_or_stays_inside_its_quotes() => Gen.String.Sample(value =>
    {
        try
        {
            string text = BirdSyntax.Text(value);
            Assert.Equal($"\"{value}\"", text);
            Assert.DoesNotContain('"', value);
            Assert.DoesNotContain('\n', value);
        }
        catch (FaultException fault)
        {
            Assert.Equal("BirdInvalidText", fault.Id);
        }
    });
}
