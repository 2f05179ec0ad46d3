using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

public sealed class MoveTests : LinkWorld
{
    [Fact]
    public void A_link_moves_and_is_renamed_at_once()
    {
        string a = World.Namespace("a"), b = World.Namespace("b");
        Native.Ip($"-n {a} link add one type ifb");
        PSObject moved = Assert.Single(Engine.Succeed("Get-NetLink one -Namespace $a | Move-NetLinkToNamespace -Namespace $b -NewName two -PassThru", ("a", a), ("b", b)));
        Assert.Equal(("two", b, "Down"), (Text(moved, "Name"), Text(moved, "Namespace"), Text(moved, "State")));
        Assert.Equal(["lo"], Names(a));
        Assert.Equal(["lo", "two"], Names(b));

        // Back, by name and by what -PassThru gave.
        Engine.Succeed("'two' | Move-NetLinkToNamespace -SourceNamespace $b -Namespace $a", ("a", a), ("b", b));
        Assert.Equal(["lo", "two"], Names(a));
    }

    [Fact]
    public void A_name_that_is_taken_leaves_the_link_where_it_is()
    {
        string a = World.Namespace("a"), b = World.Namespace("b");
        Native.Ip($"-n {a} link add one type ifb");
        Native.Ip($"-n {b} link add two type ifb");
        Engine.Fail("LinkExists", "Move-NetLinkToNamespace one $b -SourceNamespace $a -NewName two", ("a", a), ("b", b));
        Engine.Fail("LinkExists", "Move-NetLinkToNamespace lo $b -SourceNamespace $a", ("a", a), ("b", b));
        Engine.Fail("NamespaceNotFound", "Move-NetLinkToNamespace one wgt-nope -SourceNamespace $a", ("a", a));
        Assert.Equal(["lo", "one"], Names(a));
        Assert.Equal(["lo", "two"], Names(b));
    }

    [Fact]
    public void A_link_can_be_moved_to_the_namespace_of_a_process_or_a_path()
    {
        string a = World.Namespace("a"), b = World.Namespace("b");
        Native.Ip($"-n {a} link add one type ifb");
        Engine.Succeed("Move-NetLinkToNamespace one /run/netns/$b -SourceNamespace $a", ("a", a), ("b", b));
        Assert.Equal(["lo", "one"], Names(b));
        using System.Diagnostics.Process inside = Native.Start("ip", "netns", "exec", a, "sleep", "60");
        try
        {
            Wait.Until(() => Native.Run("ip", "netns", "pids", a).Output.Trim().Length > 0, "a process in the namespace");
            Engine.Succeed("Move-NetLinkToNamespace one pid:$id -SourceNamespace $b", ("id", inside.Id), ("b", b));
            Assert.Equal(["lo", "one"], Names(a));
        }
        finally
        {
            inside.Kill();
        }
    }

    [Fact]
    public void Moving_to_where_it_is_changes_nothing_but_the_name()
    {
        string a = World.Namespace("a");
        Native.Ip($"-n {a} link add one type ifb");
        Engine.Succeed("Move-NetLinkToNamespace one $a -SourceNamespace $a; Move-NetLinkToNamespace one $a -SourceNamespace $a -NewName two", ("a", a));
        Assert.Equal(["lo", "two"], Names(a));
    }

    private static string?[] Names(string ns) => [.. Ip(ns, "link").Select(link => link.GetProperty("ifname").GetString())];
}
