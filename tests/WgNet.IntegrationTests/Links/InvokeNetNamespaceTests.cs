using System.Diagnostics;
using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>A script block inside a namespace, and the way back out of it by every door.</summary>
public sealed class InvokeNetNamespaceTests : LinkWorld
{
    private const string Here = "[WgNet.Netlink.NamespaceIdentity]::OfCurrentThread().Inode";

    [Fact]
    public void Programs_and_cmdlets_inside_are_in_the_namespace()
    {
        string ns = World.Namespace("a");
        Native.Ip($"-n {ns} link add inside type ifb");
        IReadOnlyList<PSObject> output = Engine.Succeed(
            "Invoke-NetNamespace $ns { ip -br link | ForEach-Object { $_.Split(' ')[0] }; Get-NetLink; Get-NetSysctl net.ipv4.conf.inside.rp_filter }",
            ("ns", ns));
        Assert.Equal(["lo", "inside", "lo", "inside"], output.Take(4).Select(one => one.ToString()));

        // What was read inside without a name for the namespace has none.
        Assert.Equal("", Text(output[2], "Namespace"));
    }

    [Fact]
    public void Namespaces_nest()
    {
        string a = World.Namespace("a"), b = World.Namespace("b");
        TestWorld.Cable(a, b);
        Native.Ip($"-n {a} link set eth0 name in-a");
        Native.Ip($"-n {b} link set eth0 name in-b");
        Assert.Equal(
            ["in-a", "in-b", "in-a"],
            Engine.Succeed(
                """
                Invoke-NetNamespace $a {
                    Get-NetLink -Kind veth
                    Invoke-NetNamespace $b { Get-NetLink -Kind veth }
                    Get-NetLink -Kind veth
                }
                """,
                ("a", a),
                ("b", b)).Select(link => link.ToString()));
        Assert.Equal(["in-a", "in-b"], Engine.Succeed("Get-NetNamespace $both | Invoke-NetNamespace -ScriptBlock { Get-NetLink -Kind veth }", ("both", a[..^1] + "*")).Select(link => link.ToString()));
    }

    [Fact]
    public void Variables_arguments_and_exit_codes_pass()
    {
        string ns = World.Namespace("a");
        Assert.Equal(
            ["seen", "1-2", "7", "caller's"],
            Engine.Succeed(
                """
                function outer($name) {
                    $local = 'seen'
                    Invoke-NetNamespace $name { $local; $local = 'changed inside' }
                    Invoke-NetNamespace $name { param($x, $y) "$x-$y" } -ArgumentList 1, 2
                    Invoke-NetNamespace $name { sh -c 'exit 7' }
                    "$LASTEXITCODE"
                }
                $Block = "caller's"
                outer $ns
                $Block
                """,
                ("ns", ns)).Select(one => one.ToString()));
    }

    [Fact]
    public void What_stands_behind_it_runs_where_the_caller_is()
    {
        string ns = World.Namespace("a");
        IReadOnlyList<PSObject> seen = Engine.Succeed(
            $$"""
            {{Here}}
            Invoke-NetNamespace $ns { {{Here}}; {{Here}} } | ForEach-Object { $_; {{Here}} }
            function around { Invoke-NetNamespace $ns { 'x' } }
            around | ForEach-Object { {{Here}} }
            """,
            ("ns", ns));
        object home = seen[0].BaseObject, inside = seen[1].BaseObject;
        Assert.NotEqual(home, inside);
        Assert.Equal([home, inside, home, inside, home, home], seen.Select(one => one.BaseObject));
    }

    [Fact]
    public void Output_comes_as_it_is_made()
    {
        string ns = World.Namespace("a");
        using RunningPipeline running = Engine.Start("Invoke-NetNamespace $ns { 'first'; $gate.Wait(); 'second' }", ("ns", ns), ("gate", Gate));
        Assert.Equal("first", running.WaitForOutput(1)[0].ToString());
        Gate.Set();
        Assert.Equal("second", running.WaitForOutput(2)[1].ToString());
        running.Finish().AssertNoErrors("Invoke-NetNamespace");
    }

    [Theory]
    [InlineData("Invoke-NetNamespace $ns { throw 'oops' }")]
    [InlineData("try { Invoke-NetNamespace $ns { throw 'oops' } } catch { }")]
    [InlineData("foreach ($i in 1..3) { Invoke-NetNamespace $ns { break } }")]
    [InlineData("foreach ($i in 1..3) { Invoke-NetNamespace $ns { continue } }")]
    [InlineData("Invoke-NetNamespace $ns { return 1 }")]
    [InlineData("Invoke-NetNamespace $ns { exit 3 }")]
    [InlineData("Invoke-NetNamespace $ns { Get-NetLink nope -ErrorAction Stop }")]
    [InlineData("Invoke-NetNamespace $ns { Invoke-NetNamespace $ns { throw 'oops' } }")]
    [InlineData("Invoke-NetNamespace $ns { 1..9 } | ForEach-Object { throw 'behind' }")]
    [InlineData("Invoke-NetNamespace $ns { $null = New-NetNamespace a/b }")]
    [InlineData("Invoke-NetNamespace $ns { [Environment]::GetEnvironmentVariable('x').Length.Foo() }")]
    public void The_session_is_back_however_the_block_ends(string script)
    {
        string ns = World.Namespace("a");
        object home = Assert.Single(Engine.Succeed(Here)).BaseObject;
        Engine.Run(script, ("ns", ns));
        Assert.Equal(home, Assert.Single(Engine.Succeed(Here)).BaseObject);
    }

    [Fact]
    public void Break_inside_breaks_the_callers_loop_and_errors_inside_are_the_callers()
    {
        string ns = World.Namespace("a");
        Assert.Equal([1], Engine.Succeed("foreach ($i in 1..3) { $i; Invoke-NetNamespace $ns { break }; 'not reached' }", ("ns", ns)).Select(one => one.BaseObject));
        EngineResult result = Engine.Run("Invoke-NetNamespace $ns { Get-NetLink nope; 'after' }", ("ns", ns));
        Assert.Equal(["LinkNotFound"], result.ErrorIds);
        Assert.Equal(["after"], result.Output.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("Invoke-NetNamespace $ns { 'started'; while ($true) { } }")]
    [InlineData("Invoke-NetNamespace $ns { 'started'; sleep 60 }")]
    [InlineData("Invoke-NetNamespace $ns { Invoke-NetNamespace $ns { 'started'; Watch-NetLink } }")]
    public void Stopping_it_brings_the_session_back(string script)
    {
        string ns = World.Namespace("a");
        object home = Assert.Single(Engine.Succeed(Here)).BaseObject;
        using (RunningPipeline running = Engine.Start(script, ("ns", ns)))
        {
            running.WaitForOutput(1);
            running.Stop();
        }

        Assert.Equal(home, Assert.Single(Engine.Succeed(Here)).BaseObject);
    }

    [Fact]
    public void A_program_started_inside_stays_there()
    {
        string ns = World.Namespace("a");
        using Process program = Process.GetProcessById(Value<int>(Assert.Single(Engine.Succeed("Invoke-NetNamespace $ns { [System.Diagnostics.Process]::Start('sleep', '60') }", ("ns", ns))), "Id"));
        try
        {
            Assert.Contains(program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Native.Ip($"netns pids {ns}").Split('\n'));
        }
        finally
        {
            program.Kill();
        }
    }

    private ManualResetEventSlim Gate { get; } = new();
}
