using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>How long flows are lost when a gateway or a tunnel fails, as Test-WgFabric measures it.</summary>
public sealed class FailOverTests
{
    [Fact]
    public void BfdFindsAFailureBeforeTheHoldTimeDoes()
    {
        using var world = new LabWorld();
        world.Start(LabWorld.Article);

        // The bounds leave room for a busy machine. Without BFD the hold time decides: 6 s.
        (double gateway, double tunnel) = Measure(world, "V1-2", 9, 9);
        Assert.InRange(gateway, 0.1, 9);
        Assert.InRange(tunnel, 2, 9);

        world.Start(world.Changed(text => text.Replace("    Name  = 'article'", "    Name  = 'article'; Routing = @{ Bfd = $true }", StringComparison.Ordinal)));
        Wait.Until(() => world.Engine.Succeed("(Get-WgFabricLab $lab).Gateways | Get-BirdBfdSession").All(session => $"{session.Properties["State"].Value}" == "Up"), "all BFD sessions");
        (gateway, tunnel) = Measure(world, "V1-2", 6, 3.9);

        // Without it, no failure is found sooner than the hold time less a keepalive: 4 s.
        Assert.InRange(gateway, 0.1, 6);
        Assert.InRange(tunnel, 0.1, 3.9);
        CtrlCPlugsTheGatewayInAgain(world);
    }

    // A machine that stands still for a second closes every session of the lab, and what comes of that is measured: thrice in a row it does not.
    private static (double Gateway, double Tunnel) Measure(LabWorld world, string name, double mostGateway, double mostTunnel)
    {
        (double gateway, double tunnel) = Measure(world, name);
        for (int again = 0; again < 2 && (gateway > mostGateway || tunnel > mostTunnel); again++)
            (gateway, tunnel) = Measure(world, name);
        return (gateway, tunnel);
    }

    private static (double Gateway, double Tunnel) Measure(LabWorld world, string gateway)
    {
        IReadOnlyList<PSObject> outages = world.Engine.Succeed("Test-WgFabric -Lab $lab -FailOver -Gateway $gateway -To site3", ("gateway", gateway));
        foreach (PSObject outage in outages)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{outage}, recovery {outage.Properties["Recovery"].Value}, return {outage.Properties["ReturnOutage"].Value}");
            Assert.False((bool)outage.Properties["Lasted"].Value);
            Assert.Equal(16, outage.Properties["Flows"].Value);
            Assert.True((int)outage.Properties["FlowsHit"].Value > 0, $"{outage}");
            Assert.InRange(((TimeSpan)outage.Properties["Recovery"].Value).TotalSeconds, 0, 12);
        }

        double Longest(string failure) => outages.Where(outage => $"{outage.Properties["Failure"].Value}" == failure).Max(outage => ((TimeSpan)outage.Properties["Outage"].Value).TotalSeconds);
        Assert.Equal(4, outages.Count);
        return (Longest("Gateway"), Longest("Tunnel"));
    }

    private static void CtrlCPlugsTheGatewayInAgain(LabWorld world)
    {
        bool IsPlugged() => Native.Ip($"-n {world.Name}-switch -o link show p1").Contains("state UP", StringComparison.Ordinal);
        Assert.True(IsPlugged());
        using RunningPipeline running = world.Engine.Start("Test-WgFabric -Lab $lab -FailOver -Gateway V1-1");
        Wait.Until(() => !IsPlugged() || running.IsCompleted, "the gateway to be unplugged", TimeSpan.FromSeconds(60));
        Assert.False(running.IsCompleted);
        running.Stop();
        Wait.Until(IsPlugged, "the gateway's port to be up again");
    }
}
