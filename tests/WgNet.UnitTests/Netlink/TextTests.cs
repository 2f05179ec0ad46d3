using System.Net;
using System.Net.Sockets;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>What users write: names, addresses, destinations, tables.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("wg3")]
    [InlineData("a")]
    [InlineData("fifteen-bytes-x")]
    [InlineData("eth0.100")]
    [InlineData("...")]
    [InlineData("żółw")]
    public void Names_that_the_kernel_takes_pass(string name) => LinkName.Check(name);

    [Theory]
    [InlineData("")]
    [InlineData("sixteen-bytes-xx")]
    [InlineData("żółwżółwż")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("wg%d")]
    [InlineData("a\tb")]
    [InlineData("a\u0001b")]
    [InlineData(".")]
    [InlineData("..")]
    public void Names_that_cannot_be_are_refused_before_the_kernel_is_asked(string name) =>
        AssertFault("InvalidLinkName", () => LinkName.Check(name));

    [Theory]
    [InlineData("10.0.0.1/24", "10.0.0.1", 24)]
    [InlineData("10.0.0.1", "10.0.0.1", 32)]
    [InlineData("2001:DB8::1/64", "2001:db8::1", 64)]
    [InlineData("::1", "::1", 128)]
    [InlineData("0.0.0.0/0", "0.0.0.0", 0)]
    public void Addresses_are_read(string text, string address, int length) =>
        Assert.Equal(new AddressSpec(IPAddress.Parse(address), length), AddressSpec.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10.1/24")]
    [InlineData("1")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("10.0.0.1/")]
    [InlineData("10.0.0.1/ 24")]
    [InlineData("10.0.0.256/24")]
    [InlineData("2001:db8::1/129")]
    [InlineData("fe80::1%eth0/64")]
    [InlineData("10.0.0.1/24/24")]
    [InlineData("host/24")]
    public void What_is_no_address_is_refused(string text) => AssertFault("InvalidAddress", () => AddressSpec.Parse(text));

    [Theory]
    [InlineData("default", AddressFamily.InterNetwork, "0.0.0.0/0")]
    [InlineData("default", AddressFamily.InterNetworkV6, "::/0")]
    [InlineData("10.0.3.0/24", AddressFamily.Unspecified, "10.0.3.0/24")]
    [InlineData("10.0.3.7", AddressFamily.Unspecified, "10.0.3.7/32")]
    [InlineData("2001:db8:a3::/64", AddressFamily.Unspecified, "2001:db8:a3::/64")]
    public void Destinations_are_read(string text, AddressFamily family, string expected) =>
        Assert.Equal(expected, RouteSpec.ParseDestination(text, family).ToString());

    [Theory]
    [InlineData("default")]
    [InlineData("10.0.3.1/24")]
    [InlineData("2001:db8::1/64")]
    [InlineData("elsewhere")]
    public void What_is_no_destination_is_refused(string text) =>
        AssertFault("InvalidDestination", () => RouteSpec.ParseDestination(text, AddressFamily.Unspecified));

    [Fact]
    public void A_destination_with_host_bits_is_told_what_was_meant() => Assert.Contains(
        "Did you mean 10.0.3.0/24?",
        Assert.Throws<FaultException>(() => RouteSpec.ParseDestination("10.0.3.1/24", AddressFamily.Unspecified)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("main", 254u)]
    [InlineData("MAIN", 254u)]
    [InlineData("local", 255u)]
    [InlineData("1", 1u)]
    [InlineData("4294967295", uint.MaxValue)]
    public void Tables_have_names_and_numbers(string text, uint table) => Assert.Equal(table, RouteTables.Parse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("4294967296")]
    [InlineData("no-such-table")]
    public void What_is_no_table_is_refused(string text) => AssertFault("InvalidRouteTable", () => RouteTables.Parse(text));

    [Fact]
    public void Bird_is_protocol_12_on_every_machine()
    {
        Assert.Equal("bird", RouteProtocols.NameOf(12));
        Assert.Equal((byte)12, RouteProtocols.Parse("bird"));
        Assert.Equal("250", RouteProtocols.NameOf(250));
        AssertFault("InvalidRouteProtocol", () => RouteProtocols.Parse("256"));
    }

    [Theory]
    [InlineData("50:54:33:00:01:02", "50:54:33:00:01:02")]
    [InlineData("50-54-33-0-1-A", "50:54:33:00:01:0a")]
    public void Hardware_addresses_are_read(string text, string expected) => Assert.Equal(expected, MacAddress.Format(MacAddress.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("50:54:33:00:01")]
    [InlineData("50:54:33:00:01:02:03")]
    [InlineData("50:54:33:00:01:0g")]
    [InlineData("50:54:33:00:01:002")]
    [InlineData("50:54:33:00:01:-1")]
    public void What_is_no_hardware_address_is_refused(string text) => AssertFault("InvalidMacAddress", () => MacAddress.Parse(text));

    [Theory]
    [InlineData("net.ipv6.conf.all.forwarding", "/proc/sys/net/ipv6/conf/all/forwarding", "net.ipv6.conf.all.forwarding")]
    [InlineData("net.ipv4.conf.eth0/100.forwarding", "/proc/sys/net/ipv4/conf/eth0.100/forwarding", "net.ipv4.conf.eth0/100.forwarding")]
    [InlineData("net/ipv4/conf/eth0.100/forwarding", "/proc/sys/net/ipv4/conf/eth0.100/forwarding", "net.ipv4.conf.eth0/100.forwarding")]
    public void Settings_have_names_with_dots_or_slashes(string name, string file, string written)
    {
        string[] parts = SysctlName.Parts(name);
        Assert.Equal(file, SysctlName.FileOf(parts));
        Assert.Equal(written, SysctlName.OfParts(parts));
    }

    [Theory]
    [InlineData("")]
    [InlineData("net")]
    [InlineData("kernel.hostname")]
    [InlineData("net..ipv4")]
    [InlineData("net/../kernel/hostname")]
    [InlineData("net.//.kernel.hostname")]
    [InlineData("/proc/sys/net/ipv4/ip_forward")]
    [InlineData("net.ipv4.ip_forward\n")]
    public void A_setting_outside_the_network_cannot_be_named(string name) => AssertFault("InvalidSysctlName", () => SysctlName.Parts(name));

    [Fact]
    public void A_machines_own_names_add_to_the_built_in_ones()
    {
        string folder = Directory.CreateTempSubdirectory("wgt-").FullName;
        try
        {
            File.WriteAllText($"{folder}/tables", "# comment\n254 other\n1000\tprivate # ours\n0x10 hexadecimal\nnot a line\n-1 negative\n");
            Directory.CreateDirectory($"{folder}/tables.d");
            File.WriteAllText($"{folder}/tables.d/more.conf", "2000 more\n");
            File.WriteAllText($"{folder}/tables.d/more.txt", "3000 unread\n");
            var names = new NumberNames(new Dictionary<uint, string> { [254] = "main" }, "tables", [folder, "/nonexistent"]);
            Assert.Equal(["main", "private", "hexadecimal", "more"], names.All);
            Assert.Equal("main", names.Of(254));
            Assert.Equal("private", names.Of(1000));
            Assert.Equal("1001", names.Of(1001));
            Assert.Equal(16u, names.Parse("hexadecimal"));
            Assert.Equal(2000u, names.Parse("more"));
            Assert.Null(names.Parse("unread"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertFault(string id, Action action) => Assert.Equal(id, Assert.Throws<FaultException>(action).Id);
}
