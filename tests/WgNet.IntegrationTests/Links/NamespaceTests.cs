using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>Named namespaces, shared with `ip netns`.</summary>
public sealed class NamespaceTests : LinkWorld
{
    [Fact]
    public void What_we_make_ip_uses_and_removes()
    {
        string name = World.Name("n");
        PSObject made = Assert.Single(Engine.Succeed("New-NetNamespace $name -LoopbackUp", ("name", name)));
        Assert.Equal((name, $"/run/netns/{name}", name), (Text(made, "Name"), Text(made, "Path"), Text(made, "Namespace")));
        Assert.Contains(name, Listed());
        Assert.Contains("UP", Ip(name, "link show dev lo")[0].GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        Native.Ip($"netns exec {name} true");
        Native.Ip($"netns del {name}");
        Engine.Fail("NamespaceNotFound", "Get-NetNamespace $name", ("name", name));
    }

    [Fact]
    public void What_ip_made_we_list_and_remove()
    {
        string name = World.Name("n");
        Native.Ip($"netns add {name}");
        Native.Ip($"netns set {name} 4242");
        try
        {
            Assert.Equal(4242, Value<int>(Assert.Single(Engine.Succeed("Get-NetNamespace $name", ("name", name))), "Id"));
        }
        finally
        {
            Engine.Succeed("Get-NetNamespace $name | Remove-NetNamespace", ("name", name));
        }

        Assert.DoesNotContain(name, Listed());
        Assert.False(File.Exists($"/run/netns/{name}"));
    }

    [Fact]
    public void A_name_goes_at_once_and_the_namespace_with_its_last_process()
    {
        string name = World.Namespace("n");
        using System.Diagnostics.Process inside = Native.Start("ip", "netns", "exec", name, "sh", "-c", "echo ready; read end");
        try
        {
            Assert.Equal("ready", inside.StandardOutput.ReadLine());
            Engine.Succeed("Remove-NetNamespace $name", ("name", name));
            Assert.Equal(["lo"], Engine.Succeed("Get-NetLink -Namespace pid:$id", ("id", inside.Id)).Select(link => link.ToString()));
            Engine.Fail("NamespaceNotFound", "Get-NetLink -Namespace $name", ("name", name));
        }
        finally
        {
            inside.Kill();
        }
    }

    /// <summary>Its file is there a moment before the namespace is bound to it.</summary>
    [Fact]
    public void A_namespace_that_is_half_made_is_no_match_of_a_pattern_and_an_error_by_its_name()
    {
        string name = World.Name("half"), path = $"/run/netns/{name}";
        World.Namespace("whole");
        File.WriteAllText(path, "");
        try
        {
            Assert.Equal([World.Name("whole")], Engine.Succeed("(Get-NetNamespace $names).Name", ("names", World.Name("*"))).Select(one => one.ToString()));
            Engine.Succeed("$null = Get-NetNamespace");
            Engine.Fail("NamespaceNotFound", "Get-NetNamespace $name", ("name", name));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_name_that_a_crash_left_behind_can_be_removed()
    {
        string name = World.Name("n");
        File.WriteAllText($"/run/netns/{name}", "");
        ErrorRecord error = Engine.Fail("NamespaceNotFound", "Get-NetLink -Namespace $name", ("name", name));
        Assert.Contains(name, error.ToString(), StringComparison.Ordinal);
        Engine.Succeed("Remove-NetNamespace $name", ("name", name));
        Assert.False(File.Exists($"/run/netns/{name}"));
    }

    [Fact]
    public void Of_two_who_make_one_name_at_once_one_is_told()
    {
        string name = World.Name("n");
        EngineResult result = Engine.Run("1..4 | ForEach-Object -Parallel { Import-Module $using:module; New-NetNamespace $using:name }", ("name", name), ("module", BuiltModule.Manifest));
        Assert.Single(result.Output);
        Assert.Equal(["NamespaceExists", "NamespaceExists", "NamespaceExists"], result.ErrorIds);
        Assert.Equal(["lo"], Ip(name, "link").Select(link => link.GetProperty("ifname").GetString()));
    }

    [Theory]
    [InlineData("New-NetNamespace a/b", "InvalidNamespaceName")]
    [InlineData("New-NetNamespace ..", "InvalidNamespaceName")]
    [InlineData("Remove-NetNamespace wgt-nope", "NamespaceNotFound")]
    [InlineData("Remove-NetNamespace ../x", "InvalidNamespaceName")]
    [InlineData("Get-NetNamespace wgt-nope", "NamespaceNotFound")]
    [InlineData("Invoke-NetNamespace wgt-nope { }", "NamespaceNotFound")]
    public void Every_mistake_has_its_own_error(string script, string id) => Engine.Fail(id, script);

    [Fact]
    public void WhatIf_changes_nothing()
    {
        string name = World.Name("n"), there = World.Namespace("there");
        Engine.Succeed("New-NetNamespace $name -WhatIf; Remove-NetNamespace $there -WhatIf", ("name", name), ("there", there));
        Assert.False(File.Exists($"/run/netns/{name}"));
        Assert.Contains(there, Listed());
    }

    private static string[] Listed() => [.. Native.Ip("netns list").Split('\n').Select(line => line.Split(' ')[0])];
}
