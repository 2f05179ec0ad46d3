using WgNet.IntegrationTests.Shell;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>Labs that are stopped half-way, killed, in each other's way, or not there.</summary>
public sealed class LabEndTests
{
    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(2);

    [Fact]
    public void CtrlCTakesBackAFreshLab()
    {
        using var world = new LabWorld();
        bool complete = true;

        // It may have been complete a moment before; then it stays, as a cmdlet's result does.
        for (int attempt = 0; attempt < 3 && complete; attempt++)
        {
            using RunningPipeline running = world.Engine.Start("Start-WgFabricLab $path -Name $lab -Wait", ("path", LabWorld.Article));
            AwaitFirstTunnel(world);
            running.Stop(s_start);
            complete = Directory.Exists(world.State);
            if (complete)
                world.Engine.Succeed("Stop-WgFabricLab $lab");
            world.AssertNothingLeft();
        }

        Assert.False(complete, "No start was stopped half-way.");
    }

    [Fact]
    public void WhatAKilledStartLeftIsKnownAndGoes()
    {
        using var world = new LabWorld();
        using var shell = new ShellRun();
        string script = shell.Script($"Import-Module '{BuiltModule.Manifest}'; Start-WgFabricLab '{LabWorld.Article}' -Name {world.Name}");
        string State() => $"{world.Engine.Succeed("(Get-WgFabricLab $lab).State").Single()}";
        KillStart(world, script);

        // The lab may have been complete when this process came to it.
        for (int again = 0; again < 2 && State() != "Incomplete"; again++)
        {
            world.Engine.Succeed("Stop-WgFabricLab $lab");
            KillStart(world, script);
        }

        Assert.Equal("Incomplete", State());

        // Another start goes on from there.
        world.Engine.Succeed("Start-WgFabricLab $path -Name $lab", ("path", LabWorld.Article));
        Assert.Equal("Up", State());
        world.Engine.Succeed("Stop-WgFabricLab $lab");
        world.AssertNothingLeft();
    }

    [Fact]
    public void ALabThatAnotherSessionHasIsWaitedForAndThenRefused()
    {
        using var world = new LabWorld();
        string held = $"/run/wgnet/labs/.{world.Name}.lock";
        Directory.CreateDirectory(Path.GetDirectoryName(held)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using FileStream other = new(held, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        world.Engine.Fail("LabBusy", "Start-WgFabricLab $path -Name $lab", ("path", LabWorld.Article));
        world.Engine.Stop("Start-WgFabricLab $path -Name $lab", TimeSpan.FromSeconds(1), ("path", LabWorld.Article));
        world.AssertNothingLeft();

        // A session that is killed while it starts a daemon has it a moment longer: the child has it too until it is that daemon.
        using RunningPipeline waiting = world.Engine.Start("Start-WgFabricLab $path -Name $lab; Stop-WgFabricLab $lab", ("path", LabWorld.Article));
        Thread.Sleep(500);
        Assert.False(waiting.IsCompleted);
        other.Dispose();
        waiting.Finish(s_start).AssertNoErrors("Start-WgFabricLab");
        world.AssertNothingLeft();
        Assert.False(File.Exists(held));
    }

    [Fact]
    public void NamesThatAreTakenWrongOrUnknownAreTold()
    {
        using var world = new LabWorld();
        using var other = new TestWorld();
        string taken = other.Name("taken");
        Native.Ip($"netns add {taken}-switch");
        try
        {
            world.Engine.Fail("LabNamespaceTaken", "Start-WgFabricLab $path -Name $name", ("path", LabWorld.Article), ("name", taken));
            Assert.Contains($"{taken}-switch", Native.Ip("netns list"), StringComparison.Ordinal);
        }
        finally
        {
            Native.Ip($"netns del {taken}-switch");
        }

        world.Engine.Fail("InvalidLabName", "Start-WgFabricLab $path -Name 'a/b'", ("path", LabWorld.Article));
        world.Engine.Fail("LabNotFound", "Get-WgFabricLab $lab");
        world.Engine.Fail("LabNotFound", "Stop-WgFabricLab $lab");
        world.Engine.Fail("LabNotFound", "Test-WgFabric -Lab $lab");
        Assert.Empty(world.Engine.Succeed("Get-WgFabricLab \"$lab*\"; Start-WgFabricLab $path -Name $lab -WhatIf", ("path", LabWorld.Article)));
        world.AssertNothingLeft();
    }

    private static void AwaitFirstTunnel(LabWorld world) =>
        Wait.Until(() => Native.Run("ip", "-n", $"{world.Name}-V1-1.private", "-o", "link").Output.Contains(": wg", StringComparison.Ordinal), "the first tunnel", s_start);

    private static void KillStart(LabWorld world, string script)
    {
        using Daemon killed = ShellRun.Start(script);
        AwaitFirstTunnel(world);
        killed.Kill();
    }
}
