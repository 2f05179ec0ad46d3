using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

public sealed class SysctlTests : LinkWorld
{
    [Fact]
    public void A_setting_is_the_namespaces_own_both_ways()
    {
        string ns = World.Namespace("a");
        string home = Native.Succeed("sysctl", "-n", "net.ipv6.conf.all.forwarding");
        PSObject set = Assert.Single(Engine.Succeed("Set-NetSysctl net.ipv6.conf.all.forwarding 1 -Namespace $ns -PassThru", ("ns", ns)));
        Assert.Equal(("1", ns), (Text(set, "Value"), Text(set, "Namespace")));
        Assert.Equal("1\n", Native.Ip($"netns exec {ns} sysctl -n net.ipv6.conf.all.forwarding"));
        Assert.Equal(home, Native.Succeed("sysctl", "-n", "net.ipv6.conf.all.forwarding"));
        Native.Ip($"netns exec {ns} sysctl -q -w net.ipv4.ip_forward=1");
        Assert.Equal("1", Text(Assert.Single(Engine.Succeed("Get-NetSysctl net.ipv4.ip_forward -Namespace $ns", ("ns", ns))), "Value"));
    }

    [Fact]
    public void Links_with_dots_and_wildcards_are_found()
    {
        string ns = World.Namespace("a");
        Native.Ip($"-n {ns} link add eth0.100 type ifb");
        Engine.Succeed("Set-NetSysctl net.ipv4.conf.eth0/100.forwarding 1 -Namespace $ns", ("ns", ns));
        Assert.Equal(
            ["net.ipv4.conf.all.forwarding 0", "net.ipv4.conf.default.forwarding 0", "net.ipv4.conf.eth0/100.forwarding 1", "net.ipv4.conf.lo.forwarding 0"],
            Engine.Succeed("Get-NetSysctl net.ipv4.conf.*.forwarding -Namespace $ns", ("ns", ns)).Select(one => $"{Text(one, "Name")} {Text(one, "Value")}"));
        Engine.Succeed("Get-NetSysctl net.ipv4.conf.eth*.forwarding -Namespace $ns | Set-NetSysctl -Value 0", ("ns", ns));
        Assert.Equal("0\n", Native.Ip($"netns exec {ns} sysctl -n net/ipv4/conf/eth0.100/forwarding"));
    }

    [Theory]
    [InlineData("Get-NetSysctl net.ipv4.nope -Namespace $ns", "SysctlNotFound")]
    [InlineData("Get-NetSysctl net.ipv4 -Namespace $ns", "SysctlPermissionDenied")]
    [InlineData("Get-NetSysctl kernel.hostname -Namespace $ns", "InvalidSysctlName")]
    [InlineData("Get-NetSysctl net/../kernel/hostname -Namespace $ns", "InvalidSysctlName")]
    [InlineData("Set-NetSysctl net/../kernel/hostname x -Namespace $ns", "InvalidSysctlName")]
    [InlineData("Set-NetSysctl net.ipv4.ip_forward abc -Namespace $ns", "InvalidSysctlValue")]
    [InlineData("Set-NetSysctl net.ipv4.nope 1 -Namespace $ns", "SysctlNotFound")]
    [InlineData("Get-NetSysctl net.ipv4.ip_forward -Namespace wgt-nope", "NamespaceNotFound")]
    public void Every_mistake_has_its_own_error(string script, string id) => Engine.Fail(id, script, ("ns", World.Namespace("a")));

    [Fact]
    public void WhatIf_changes_nothing()
    {
        string ns = World.Namespace("a");
        Engine.Succeed("Set-NetSysctl net.ipv4.ip_forward 1 -Namespace $ns -WhatIf", ("ns", ns));
        Assert.Equal("0\n", Native.Ip($"netns exec {ns} sysctl -n net.ipv4.ip_forward"));
    }
}
