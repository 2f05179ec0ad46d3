using System.Management.Automation;
using WgNet.IntegrationTests.Shell;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>
/// Whatever step an apply fails at, the old state is back; whatever step it is killed after, the next run finishes it. Both for a gateway
/// that has nothing and for one on which every kind of step is due.
/// </summary>
public sealed class InterruptedApplyTests : IDisposable
{
    private readonly FabricWorld _world = new(1, 2, 3, 4);
    private int _lastCount;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void FailingAtAnyStepPutsAnOldStateBack()
    {
        ArrangeChanges();
        string before = _world.Snapshot(1);
        int steps = UntilDone(step =>
        {
            Assert.Equal("now", FailAt(step));
            Assert.Equal(before, _world.Snapshot(1));
        });

        // Namespaces and the key are there: one setting, a new tunnel, a changed one, BIRD's file, its loading, an old tunnel.
        Assert.Equal(6, steps);
        _world.AssertConverged(1, tunnels: 2);

        // What is the operator's own is as the operator left it.
        Assert.Contains("MINE down", _world.Snapshot(1), StringComparison.Ordinal);
        Assert.Contains("192.0.2.1/32", Native.Ip($"-n {_world.Private(1)} addr show dev wg2"), StringComparison.Ordinal);
    }

    [Fact]
    public void FailingAtAnyStepLeavesNothingOnAFreshGateway()
    {
        MakeFresh();
        string before = _world.Snapshot(1);
        int steps = UntilDone(step =>
        {
            Assert.Equal("now", FailAt(step));
            Assert.Equal(before, _world.Snapshot(1));
        });

        // The namespace, four settings, the key, two tunnels, BIRD's file, BIRD.
        Assert.Equal(10, steps);
        _world.AssertConverged(1, tunnels: 2);
    }

    [Fact]
    public void KilledAfterAnyStepIsFinishedByTheNextRun()
    {
        int steps = UntilDone(step =>
        {
            ArrangeChanges();
            KillAfter(step);
            _world.Apply(1);
            _world.AssertConverged(1, tunnels: 2);
        });
        Assert.Equal(6, steps);
    }

    [Fact]
    public void KilledAfterAnyStepOfAFreshGatewayIsFinishedByTheNextRun()
    {
        int steps = UntilDone(step =>
        {
            MakeFresh();
            KillAfter(step);
            _world.Apply(1);
            _world.AssertConverged(1, tunnels: 2);
        });
        Assert.Equal(10, steps);
    }

    /// <summary>Stopped as by Ctrl+C, whatever moment that hits: the old state, or all of the new one.</summary>
    [Fact]
    public void StoppedIsAllOrNothing()
    {
        ArrangeChanges();
        string before = _world.Snapshot(1);
        bool done = false;
        for (int milliseconds = 5; milliseconds < 200 && !done; milliseconds += 7)
        {
            using (RunningPipeline running = _world.Engine.Start(_world.Invoke(1)))
            {
                Thread.Sleep(milliseconds);
                running.Stop();
            }

            // What BIRD was told to give up goes a moment later.
            Wait.Until(() => _world.Snapshot(1) == before || (done = _world.IsAsTheFileSays(1)), "the old state, or all of the new one");
        }

        if (done)
            _world.AssertConverged(1, tunnels: 2);
    }

    /// <summary>Runs the work for each step of the apply, which tells how many there are, and applies in the end. Answers with how many.</summary>
    private int UntilDone(Action<int> work)
    {
        _lastCount = 1;
        for (int step = 1; step <= _lastCount; step++)
            work(step);
        _world.Apply(1);
        return _lastCount;
    }

    private string FailAt(int step)
    {
        EngineResult result = _world.Engine.Run($"$n = 0; {_world.Invoke(1)} | ForEach-Object {{ $_; if (++$n -eq {step}) {{ throw 'now' }} }}");
        _lastCount = (int)result.Output[0].Properties["Count"].Value;
        return Assert.Single(result.Errors).Exception.Message;
    }

    private void KillAfter(int step)
    {
        using var shell = new ShellRun();
        string script = shell.Script(
            $$"""
            Import-Module '{{BuiltModule.Manifest}}'
            $n = 0
            {{_world.Invoke(1)}} | ForEach-Object {
                [Console]::Out.WriteLine($_.Count)
                [Console]::Out.Flush()
                if (++$n -eq {{step}}) { [Diagnostics.Process]::GetCurrentProcess().Kill() }
            }
            """);
        NativeResult result = ShellRun.Run(script);
        Assert.True(result.ExitCode != 0, result.Output + result.Error);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(step, lines.Length);
        _lastCount = int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>G1 has tunnels to G2 and G3. Then G3 leaves the fabric, G4 joins it, and much else is not as it should be.</summary>
    private void ArrangeChanges()
    {
        Directory.CreateDirectory($"{_world.ConfigFolder(1)}/bird.d");
        File.WriteAllText($"{_world.ConfigFolder(1)}/bird.d/mine.conf", "protocol static MINE { ipv4; }\n");
        _world.Write([1, 2, 3]);
        _world.Apply(1);
        string ns = _world.Private(1);
        Native.Ip($"-n {ns} addr del 169.254.1.24/31 dev wg2");
        Native.Ip($"-n {ns} addr add 169.254.77.1/32 dev wg2");
        Native.Ip($"-n {ns} addr replace 192.0.2.1/32 dev wg2");
        Native.Succeed("ip", "netns", "exec", ns, "sysctl", "-qw", "net.ipv4.conf.all.forwarding=0");
        Native.Succeed("birdc", "-s", _world.ControlSocket(1), "disable", "IBGP_G2");
        Native.Succeed("birdc", "-s", _world.ControlSocket(1), "disable", "MINE");
        _world.Write([1, 2, 4], "Mtu = 1380; PersistentKeepalive = 7", number => number == 2 ? "10.9.0.102" : null);
    }

    /// <summary>G1 has nothing but its public namespace, and the file has no key of it.</summary>
    private void MakeFresh()
    {
        foreach (PSObject tunnel in File.Exists($"/run/netns/{_world.Private(1)}") ? _world.Engine.Succeed($"Get-WgTunnel -Namespace {_world.Private(1)}") : [])
            _world.Engine.Succeed("$tunnel | Remove-WgTunnel -Confirm:$false", ("tunnel", tunnel));
        string pid = $"{_world.Folder}/run1/bird.pid";
        if (File.Exists(pid))
        {
            string id = File.ReadAllText(pid).Trim();
            Native.Succeed("kill", id);
            Wait.Until(() => !File.Exists(pid) && !File.Exists(_world.ControlSocket(1)), "BIRD to end");
        }

        if (File.Exists($"/run/netns/{_world.Private(1)}"))
            Native.Ip($"netns del {_world.Private(1)}");
        if (Directory.Exists(_world.ConfigFolder(1)))
            Directory.Delete(_world.ConfigFolder(1), recursive: true);
        _world.Write([1, 2, 3], keyless: 1);
    }
}
