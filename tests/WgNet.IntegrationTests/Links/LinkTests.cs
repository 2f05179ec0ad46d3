using System.Management.Automation;
using System.Text.Json;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>Links made, read, changed and removed, with ip(8) as witness both ways.</summary>
public sealed class LinkTests : LinkWorld
{
    [Fact]
    public void A_veth_is_what_ip_says_it_is()
    {
        string a = World.Namespace("a"), b = World.Namespace("b");
        PSObject made = Assert.Single(Engine.Succeed(
            """
            New-NetLink eth0 veth -Namespace $a -PeerName eth7 -PeerNamespace $b -PeerMacAddress 50:54:33:00:00:07 -MacAddress 50-54-33-00-00-01 `
                -Mtu 1400 -Alias 'to the router' -AddressGenerationMode None -Up
            """,
            ("a", a),
            ("b", b)));
        JsonElement near = Assert.Single(Ip(a, "link show dev eth0"));
        JsonElement far = Assert.Single(Ip(b, "link show dev eth7"));
        Assert.Equal("veth", near.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        Assert.Equal("50:54:33:00:00:01", near.GetProperty("address").GetString());
        Assert.Equal("50:54:33:00:00:07", far.GetProperty("address").GetString());
        Assert.Equal("to the router", near.GetProperty("ifalias").GetString());
        Assert.Equal("none", near.GetProperty("inet6_addr_gen_mode").GetString());
        Assert.All([near, far], link => Assert.Equal(1400, link.GetProperty("mtu").GetInt32()));
        Assert.All([near, far], link => Assert.Contains("UP", link.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString())));
        Assert.Empty(Ip(a, "addr show dev eth0 scope link")[0].GetProperty("addr_info").EnumerateArray());
        Assert.Equal(near.GetProperty("ifindex").GetInt32(), Value<int>(made, "Index"));
        Assert.Equal((a, "eth0", "Up"), (Text(made, "Namespace"), Text(made, "Name"), Text(made, "State")));
    }

    [Fact]
    public void What_ip_made_reads_the_same()
    {
        string ns = World.Namespace("a");
        Native.Ip($"-n {ns} link add br0 type bridge");
        Native.Ip($"-n {ns} link add port0 type veth peer name far0");
        Native.Ip($"-n {ns} link set port0 master br0 mtu 1380 alias short");
        Native.Ip($"-n {ns} link set port0 up");

        // The kernel tells the operational state in its own time.
        Wait.Until(() => Native.Ip($"-n {ns} link show port0").Contains("LOWERLAYERDOWN", StringComparison.Ordinal), "the port without a carrier");
        Native.Succeed("ip", "netns", "exec", ns, "ping", "-c2", "-i0.01", "-q", "127.0.0.1");
        IReadOnlyList<PSObject> links = Engine.Succeed("Get-NetLink -Namespace $ns", ("ns", ns));
        JsonElement[] seen = Ip(ns, "-s link");
        Assert.Equal(seen.Select(Shown), links.Select(Shown));
        PSObject port = links.Single(link => Text(link, "Name") == "port0");
        Assert.Equal(("br0", "short", "Up", "veth"), (Text(port, "Master"), Text(port, "Alias"), Text(port, "State"), Text(port, "Kind")));
        Assert.Equal("loopback", Text(links.Single(link => Text(link, "Name") == "lo"), "Kind"));
    }

    [Fact]
    public void Only_what_is_given_changes()
    {
        string ns = World.Namespace("a");
        Engine.Succeed("New-NetLink br0 bridge -MulticastSnooping:$false -Namespace $ns; New-NetLink p0 veth -PeerName p1 -Alias keep -Namespace $ns", ("ns", ns));
        Assert.Equal(0, Ip(ns, "link show dev br0")[0].GetProperty("linkinfo").GetProperty("info_data").GetProperty("mcast_snooping").GetInt32());
        Engine.Succeed("Set-NetLink p0 -Mtu 1300 -Namespace $ns", ("ns", ns));
        Engine.Succeed("Set-NetLink p0 -Master br0 -Up -Namespace $ns", ("ns", ns));
        Engine.Succeed("Get-NetLink p0 -Namespace $ns | Set-NetLink -MacAddress 50:54:33:00:00:09", ("ns", ns));
        JsonElement link = Assert.Single(Ip(ns, "link show dev p0"));
        Assert.Equal(1300, link.GetProperty("mtu").GetInt32());
        Assert.Equal("br0", link.GetProperty("master").GetString());
        Assert.Equal("keep", link.GetProperty("ifalias").GetString());
        Assert.Equal("50:54:33:00:00:09", link.GetProperty("address").GetString());
        PSObject changed = Assert.Single(Engine.Succeed("Set-NetLink p0 -NoMaster -Down -Alias '' -NewName q0 -PassThru -Namespace $ns", ("ns", ns)));
        Assert.Equal(("q0", "Down", null, null), (Text(changed, "Name"), Text(changed, "State"), changed.Properties["Master"].Value, changed.Properties["Alias"].Value));
        link = Assert.Single(Ip(ns, "link show dev q0"));
        Assert.False(link.TryGetProperty("master", out _));
        Assert.False(link.TryGetProperty("ifalias", out _));
    }

    [Fact]
    public void A_failure_half_way_leaves_nothing()
    {
        string a = World.Namespace("a"), b = World.Namespace("b");

        // A namespace that was given no secret has no such addresses; the kernel says so once the link is there.
        Engine.Fail("EINVAL", "New-NetLink eth0 veth -PeerName eth0 -PeerNamespace $b -AddressGenerationMode StablePrivacy -Namespace $a", ("a", a), ("b", b));
        Engine.Fail("ERANGE", "New-NetLink eth0 veth -PeerName eth0 -PeerNamespace $b -Alias ('x' * 300) -Namespace $a", ("a", a), ("b", b));
        Native.Ip($"-n {b} link add taken type bridge");
        Engine.Fail("LinkExists", "New-NetLink eth0 veth -PeerName taken -PeerNamespace $b -Namespace $a", ("a", a), ("b", b));
        Assert.Equal(["lo"], Ip(a, "link").Select(link => link.GetProperty("ifname").GetString()));
        Assert.Equal(["lo", "taken"], Ip(b, "link").Select(link => link.GetProperty("ifname").GetString()));
    }

    [Fact]
    public void Looking_for_a_kind_makes_nothing()
    {
        string ns = World.Namespace("a");
        Assert.Equal(
            [true, true, false],
            Engine.Succeed(
                """
                $session = [WgNet.Netlink.RouteSession]::Open($ns)
                foreach ($kind in 'veth', 'bridge', 'nosuchkind') { [WgNet.Netlink.Links]::IsKindKnown($session, $kind) }
                $session.Dispose()
                """,
                ("ns", ns)).Select(known => (bool)known.BaseObject));
        Assert.Equal(["lo"], Ip(ns, "link").Select(link => link.GetProperty("ifname").GetString()));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        string a = World.Namespace("a"), b = World.Namespace("b");
        Native.Ip($"-n {a} link add br0 type bridge");
        Engine.Succeed(
            """
            New-NetLink br1 bridge -Namespace $a -WhatIf
            Set-NetLink br0 -Up -Mtu 1300 -Namespace $a -WhatIf
            Move-NetLinkToNamespace br0 $b -SourceNamespace $a -WhatIf
            Remove-NetLink br0 -Namespace $a -WhatIf
            """,
            ("a", a),
            ("b", b));
        JsonElement link = Assert.Single(Ip(a, "link"), link => link.GetProperty("ifname").GetString() != "lo");
        Assert.Equal(("br0", 1500), (link.GetProperty("ifname").GetString(), link.GetProperty("mtu").GetInt32()));
        Assert.DoesNotContain("UP", link.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
    }

    [Fact]
    public void One_bad_name_does_not_stop_the_others()
    {
        string ns = World.Namespace("a");
        Native.Ip($"-n {ns} link add br0 type bridge");
        Native.Ip($"-n {ns} link add br1 type bridge");
        EngineResult result = Engine.Run("'br0', 'nope', 'br1' | Remove-NetLink -Namespace $ns", ("ns", ns));
        Assert.Equal(["LinkNotFound"], result.ErrorIds);
        Assert.Equal("nope", result.Errors[0].TargetObject);
        Assert.Equal(["lo"], Ip(ns, "link").Select(link => link.GetProperty("ifname").GetString()));
    }

    [Fact]
    public void Names_and_namespaces_take_wildcards()
    {
        string a = World.Namespace("a"), b = World.Namespace("b");
        TestWorld.Cable(a, b);
        string both = a[..^1] + "*";
        Assert.Equal([$"eth0 {a}", $"eth0 {b}"], Engine.Succeed("Get-NetLink eth* -Namespace $both", ("both", both)).Select(link => $"{link} {Text(link, "Namespace")}"));
        Assert.Equal(2, Engine.Succeed("Get-NetLink -Kind veth -AllNamespaces | Where-Object Namespace -like $both", ("both", both)).Count);
        Assert.Empty(Engine.Succeed("Get-NetLink nope* -Namespace $both; Get-NetLink -Namespace nope*", ("both", both)));
        ErrorRecord error = Engine.Fail("LinkNotFound", "Get-NetLink nope -Namespace $both", ("both", both));
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal([a, b], Engine.Succeed("Get-NetNamespace $both | Get-NetLink eth0", ("both", both)).Select(link => Text(link, "Namespace")));
    }

    [Theory]
    [InlineData("New-NetLink 1234567890123456 veth -Namespace $ns", "InvalidLinkName", ErrorCategory.InvalidArgument)]
    [InlineData("New-NetLink a/b veth -Namespace $ns", "InvalidLinkName", ErrorCategory.InvalidArgument)]
    [InlineData("New-NetLink ok veth -PeerName a/b -Namespace $ns", "InvalidLinkName", ErrorCategory.InvalidArgument)]
    [InlineData("New-NetLink lo bridge -Namespace $ns", "LinkExists", ErrorCategory.ResourceExists)]
    [InlineData("New-NetLink x nosuchkind -Namespace $ns", "LinkKindUnsupported", ErrorCategory.ResourceUnavailable)]
    [InlineData("New-NetLink x vrf -Namespace $ns", "InvalidLinkData", ErrorCategory.InvalidArgument)]
    [InlineData("New-NetLink x bridge -PeerName y -Namespace $ns", "InvalidLinkData", ErrorCategory.InvalidArgument)]
    [InlineData("New-NetLink x veth -MacAddress 1:2:3 -Namespace $ns", "InvalidMacAddress", ErrorCategory.InvalidArgument)]
    [InlineData("New-NetLink x bridge -Master nope -Namespace $ns", "LinkNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-NetLink x veth -PeerNamespace wgt-nope -Namespace $ns", "NamespaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-NetLink x bridge -Namespace wgt-nope", "NamespaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-NetLink x bridge -Namespace pid:0", "NamespaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-NetLink x bridge -Namespace pid:x", "InvalidNamespaceName", ErrorCategory.InvalidArgument)]
    [InlineData("New-NetLink x bridge -Namespace /etc/hostname", "NamespaceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Set-NetLink nope -Up -Namespace $ns", "LinkNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Set-NetLink lo -Up -Down -Namespace $ns", "ConflictingParameters", ErrorCategory.InvalidArgument)]
    [InlineData("Set-NetLink lo -NewName a/b -Namespace $ns", "InvalidLinkName", ErrorCategory.InvalidArgument)]
    [InlineData("Remove-NetLink lo -Namespace $ns", "LinkNotRemovable", ErrorCategory.InvalidArgument)]
    [InlineData("Move-NetLinkToNamespace nope $ns", "LinkNotFound", ErrorCategory.ObjectNotFound)]
    public void Every_mistake_has_its_own_error_and_changes_nothing(string script, string id, ErrorCategory category)
    {
        string ns = World.Namespace("a");
        ErrorRecord error = Engine.Fail(id, script, ("ns", ns));
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(["lo"], Ip(ns, "link").Select(link => link.GetProperty("ifname").GetString()));
    }

    [Fact]
    public void Tab_completes_names_of_the_namespace_that_was_typed()
    {
        string ns = World.Namespace("a");
        Native.Ip($"-n {ns} link add brdge0 type bridge");
        Assert.Equal(["brdge0"], Complete($"Get-NetLink -Namespace {ns} br"));
        Assert.Equal(["brdge0"], Complete($"Move-NetLinkToNamespace -SourceNamespace {ns} br"));
        Assert.Equal([ns], Complete($"Get-NetLink -Namespace {ns[..^2]}"));
        Assert.Equal(["veth"], Complete("New-NetLink x -Kind ve"));
        Assert.Equal(["local"], Complete("Get-NetLinkRoute -Table lo"));
        Assert.Equal(["net.ipv4.ip_forward"], Complete("Get-NetSysctl net.ipv4.ip_forw")[..1]);
    }

    private string[] Complete(string typed) =>
        [.. Engine.Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($typed, $typed.Length, $null).CompletionMatches.CompletionText", ("typed", typed)).Select(match => match.ToString()!)];

    private static string Shown(JsonElement link)
    {
        JsonElement stats = link.GetProperty("stats64");
        return string.Join(' ',
            link.GetProperty("ifindex"),
            link.GetProperty("ifname"),
            link.GetProperty("mtu"),
            link.GetProperty("operstate"),
            link.GetProperty("address"),
            stats.GetProperty("rx").GetProperty("bytes"),
            stats.GetProperty("tx").GetProperty("packets"),
            stats.GetProperty("tx").GetProperty("dropped"));
    }

    private static string Shown(PSObject link)
    {
        PSObject stats = PSObject.AsPSObject(link.Properties["Statistics"].Value);
        return string.Join(' ',
            Text(link, "Index"),
            Text(link, "Name"),
            Text(link, "Mtu"),
            Text(link, "OperationalState").ToUpperInvariant(),
            Text(link, "MacAddress"),
            Text(stats, "ReceivedBytes"),
            Text(stats, "SentPackets"),
            Text(stats, "SentDropped"));
    }
}
