using System.Management.Automation;
using System.Text.Json;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

public sealed class AddressTests : LinkWorld
{
    [Fact]
    public void What_we_add_ip_shows()
    {
        string ns = Namespace();
        IReadOnlyList<PSObject> made = Engine.Succeed(
            """
            New-NetLinkAddress eth0 2001:db8:ff::4/127, 169.254.1.4/31 -Namespace $ns -NoDad
            New-NetLinkAddress eth0 10.0.0.1 -Peer 10.0.0.2 -Namespace $ns
            Get-NetLink eth0 -Namespace $ns | New-NetLinkAddress -Address 10.9.0.1/24 -NoPrefixRoute -Scope Link
            """,
            ("ns", ns));
        Assert.Equal(["2001:db8:ff::4/127", "169.254.1.4/31", "10.0.0.1/32", "10.9.0.1/24"], made.Select(one => one.ToString()));
        Assert.Equal("10.0.0.2", Text(made[2], "Peer"));
        Dictionary<string, JsonElement> seen = Ip(ns, "addr show dev eth0")[0].GetProperty("addr_info").EnumerateArray().ToDictionary(one => one.GetProperty("local").GetString()!);
        Assert.Equal(127, seen["2001:db8:ff::4"].GetProperty("prefixlen").GetInt32());
        Assert.True(seen["2001:db8:ff::4"].GetProperty("nodad").GetBoolean());
        Assert.Equal(31, seen["169.254.1.4"].GetProperty("prefixlen").GetInt32());
        Assert.Equal("10.0.0.2", seen["10.0.0.1"].GetProperty("address").GetString());
        Assert.Equal("link", seen["10.9.0.1"].GetProperty("scope").GetString());
        Assert.True(seen["10.9.0.1"].GetProperty("noprefixroute").GetBoolean());
        Assert.DoesNotContain(Ip(ns, "route"), route => route.GetProperty("dst").GetString() == "10.9.0.0/24");
    }

    [Fact]
    public void What_ip_adds_we_show()
    {
        string ns = Namespace();
        Native.Ip($"-n {ns} addr add 10.0.0.1/24 dev eth0 valid_lft 1000 preferred_lft 500");
        Native.Ip($"-n {ns} addr add 10.1.0.1 peer 10.1.0.2/32 dev eth0");
        Native.Ip($"-n {ns} addr add 2001:db8::1 peer 2001:db8::2/128 dev eth0");
        IReadOnlyList<PSObject> all = Engine.Succeed("Get-NetLinkAddress eth0 -Namespace $ns | Where-Object Scope -eq Global", ("ns", ns));
        Assert.Equal(["10.0.0.1/24 ", "10.1.0.1/32 10.1.0.2", "2001:db8::1/128 2001:db8::2"], all.Select(one => $"{one} {Text(one, "Peer")}").Order(StringComparer.Ordinal));
        PSObject limited = all.Single(one => one.ToString() == "10.0.0.1/24");
        Assert.InRange(Value<TimeSpan>(limited, "ValidLifetime").TotalSeconds, 900, 1000);
        Assert.InRange(Value<TimeSpan>(limited, "PreferredLifetime").TotalSeconds, 400, 500);
        Assert.Single(Engine.Succeed("Get-NetLinkAddress -Address 2001:DB8:0::1 -Namespace $ns", ("ns", ns)));
        Assert.Equal(2, Engine.Succeed("Get-NetLinkAddress e* -AddressFamily IPv4 -Namespace $ns", ("ns", ns)).Count);
        Assert.Empty(Engine.Succeed("Get-NetLinkAddress far -AddressFamily IPv4 -Namespace $ns", ("ns", ns)));
        Engine.Fail("LinkNotFound", "Get-NetLinkAddress nope -Namespace $ns", ("ns", ns));
        Engine.Fail("AddressNotFound", "Get-NetLinkAddress -Address 10.3.3.3 -Namespace $ns", ("ns", ns));
    }

    [Fact]
    public void Removal_takes_what_was_listed()
    {
        string ns = Namespace();
        Native.Ip($"-n {ns} addr add 10.0.0.1/24 dev eth0");
        Native.Ip($"-n {ns} addr add 10.0.0.1/16 dev eth0");
        Native.Ip($"-n {ns} addr add 10.1.0.1 peer 10.1.0.2/32 dev eth0");
        Native.Ip($"-n {ns} addr add 2001:db8::1/64 dev eth0");
        ErrorRecord error = Engine.Fail("AddressAmbiguous", "Remove-NetLinkAddress eth0 10.0.0.1 -Namespace $ns", ("ns", ns));
        Assert.Contains("10.0.0.1/16", error.ToString(), StringComparison.Ordinal);
        Engine.Succeed("Remove-NetLinkAddress eth0 10.0.0.1/16 -Namespace $ns", ("ns", ns));
        Assert.Equal(["10.0.0.1", "10.1.0.1"], Ip(ns, "-4 addr show dev eth0")[0].GetProperty("addr_info").EnumerateArray().Select(one => one.GetProperty("local").GetString()));
        Engine.Succeed("Get-NetLinkAddress eth0 -Namespace $ns | Remove-NetLinkAddress", ("ns", ns));
        Assert.Empty(Ip(ns, "addr show dev eth0")[0].GetProperty("addr_info").EnumerateArray());
        Engine.Fail("AddressNotFound", "Remove-NetLinkAddress eth0 10.0.0.1/24 -Namespace $ns", ("ns", ns));
    }

    [Theory]
    [InlineData("New-NetLinkAddress eth0 10.0.0.1/33 -Namespace $ns", "InvalidAddress")]
    [InlineData("New-NetLinkAddress eth0 10.0.0.1/24 -PrefixLength 25 -Namespace $ns", "ConflictingParameters")]
    [InlineData("New-NetLinkAddress eth0 10.0.0.1 -PrefixLength 64 -Namespace $ns", "InvalidAddress")]
    [InlineData("New-NetLinkAddress eth0 10.0.0.1 -Peer 2001:db8::1 -Namespace $ns", "InvalidAddress")]
    [InlineData("New-NetLinkAddress nope 10.0.0.1/24 -Namespace $ns", "LinkNotFound")]
    [InlineData("New-NetLinkAddress lo 127.0.0.1/8 -Namespace $ns", "AddressExists")]
    public void Every_mistake_has_its_own_error(string script, string id)
    {
        string ns = Namespace();
        Engine.Fail(id, script, ("ns", ns));
        Assert.DoesNotContain(Ip(ns, "-4 addr show dev eth0"), link => link.GetProperty("addr_info").GetArrayLength() > 0);
    }

    private string Namespace()
    {
        string ns = World.Namespace("a");
        Native.Ip($"-n {ns} link add eth0 type veth peer name far");
        Native.Ip($"-n {ns} link set eth0 up");
        return ns;
    }
}
