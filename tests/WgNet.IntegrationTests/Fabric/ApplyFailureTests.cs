using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>What really goes wrong on a gateway: it is told, with what to do, and the gateway is as it was.</summary>
public sealed class ApplyFailureTests : IDisposable
{
    private readonly FabricWorld _world = new(1, 2);
    private readonly string _before;

    public ApplyFailureTests()
    {
        _world.Write([1, 2]);
        _before = _world.Snapshot(1);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void PortOfAnotherProgramIsTold()
    {
        _world.Engine.Succeed($"$taken = Invoke-NetNamespace {_world.Public(1)} {{ [Net.Sockets.UdpClient]::new(5802) }}");
        try
        {
            Refused("PortInUse", "5802");
        }
        finally
        {
            _world.Engine.Succeed("$taken.Dispose()");
        }
    }

    [Fact]
    public void MistakeInTheOperatorsOwnFileIsToldByItsLine()
    {
        Directory.CreateDirectory($"{_world.ConfigFolder(1)}/bird.d");
        File.WriteAllText($"{_world.ConfigFolder(1)}/bird.d/mine.conf", "# mine\nnonsense;\n");
        string before = _world.Snapshot(1);
        ErrorRecord error = _world.Engine.Fail("BirdConfigError", _world.Invoke(1));
        Assert.Contains("mine.conf, line 2", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, _world.Snapshot(1));
    }

    [Fact]
    public void ForeignLinkOfANeededNameIsLeftAlone()
    {
        Native.Ip($"-n {_world.Private(1)} link add wg2 type ifb");
        string before = _world.Snapshot(1);
        ErrorRecord error = _world.Engine.Fail("FabricForeignLink", _world.Invoke(1));
        Assert.Contains("wg2", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, _world.Snapshot(1));
    }

    [Fact]
    public void ForeignConfigurationIsLeftAlone()
    {
        File.WriteAllText($"{_world.ConfigFolder(1)}/bird.conf", "router id 1.2.3.4;\n");
        string before = _world.Snapshot(1);
        _world.Engine.Fail("BirdConfigNotOurs", _world.Invoke(1));
        Assert.Equal(before, _world.Snapshot(1));
    }

    [Fact]
    public void KeyOfAnotherGatewayIsTold()
    {
        File.Copy($"{_world.ConfigFolder(2)}/private.key", $"{_world.ConfigFolder(1)}/private.key", overwrite: true);
        Refused("FabricKeyMismatch", "G1", compare: false);
    }

    [Fact]
    public void MissingPresharedKeysAreNamed()
    {
        _world.Write([1, 2], "PresharedKeys = $true");
        Refused("FabricPresharedKeysMissing", "preshared-G2.key");
    }

    [Fact]
    public void GatewaysWithoutAKeyAreNamed()
    {
        _world.Write([1, 2], keyless: 2);
        Refused("FabricKeysMissing", "G2");
    }

    [Fact]
    public void TwoRunsAtOnceAreRefused()
    {
        EngineResult result = _world.Engine.Run($"{_world.Invoke(1)} | ForEach-Object {{ if ($_.Number -eq 1) {{ {_world.Invoke(1)} }} }}");
        Assert.Equal(["FabricBusy"], result.ErrorIds);
        _world.AssertConverged(1, tunnels: 1);
    }

    [Fact]
    public void WhatIfPrintsTheStepsAndChangesNothing()
    {
        Assert.Empty(_world.Engine.Succeed($"{_world.Invoke(1)} -WhatIf"));
        Assert.Equal(_before, _world.Snapshot(1));
    }

    [Fact]
    public void MistypedGatewayIsTold() =>
        Assert.Contains("Did you mean 'G1'", _world.Engine.Fail("FabricGatewayNotFound", $"Compare-WgFabric {_world.FabricPath} -Gateway G1x").Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void StepsAreATableAndTheResultALine()
    {
        string text = _world.Engine.Text(_world.Invoke(1));
        Assert.Contains("1/5 set net.ipv4.conf.all.forwarding to 1", text, StringComparison.Ordinal);
        Assert.Contains("\nG1 is as the fabric says now: 5 steps", text, StringComparison.Ordinal);
    }

    [Fact]
    public void PresharedKeysComeAndGoInPlace()
    {
        _world.Apply(1);
        _world.Write([1, 2], "PresharedKeys = $true");
        _world.Engine.Succeed($"Export-WgKey {_world.ConfigFolder(1)}/preshared-G2.key -PresharedKey (New-WgKey -PresharedKey)");
        Assert.Equal("G1 Peer wg2 PresharedKey: nothing, not (hidden)", Assert.Single(_world.Engine.Succeed(_world.Compare(1))).ToString());
        _world.Apply(1);
        _world.AssertConverged(1, tunnels: 1);
        Assert.Equal(true, _world.Engine.Succeed($"(Get-WgPeer -Namespace {_world.Private(1)}).HasPresharedKey")[0].BaseObject);
        _world.Write([1, 2]);
        _world.Apply(1);
        _world.AssertConverged(1, tunnels: 1);
    }

    [Fact]
    public void DisabledSessionIsEnabledAgain()
    {
        _world.Apply(1);
        Native.Succeed("birdc", "-s", _world.ControlSocket(1), "disable", "IBGP_G2");
        Assert.Equal("G1 BirdProtocol IBGP_G2 State: disabled, not enabled", Assert.Single(_world.Engine.Succeed(_world.Compare(1))).ToString());
        Assert.Equal(2, _world.Apply(1).Count);
        _world.AssertConverged(1, tunnels: 1);
    }

    [Fact]
    public void BasePortMovesInPlace()
    {
        _world.Add(3);
        _world.Write([1, 2, 3]);
        _world.Apply(1);
        string processes = Processes();

        // Each tunnel gets the port that the next one has.
        _world.Write([1, 2, 3], "BasePort = 5801");
        _world.Apply(1);
        _world.AssertConverged(1, tunnels: 2);
        Assert.Equal(processes, Processes());
        Assert.Equal("5803 5804", string.Join(' ', _world.Engine.Succeed($"(Get-WgTunnel -Namespace {_world.Private(1)}).ListenPort")));
    }

    private string Processes() => string.Join(' ', _world.Engine.Succeed($"(Get-WgTunnel -Namespace {_world.Private(1)}).ProcessId"));

    private void Refused(string id, string text, bool compare = true)
    {
        ErrorRecord error = _world.Engine.Fail(id, _world.Invoke(1));
        Assert.Contains(text, error.Exception.Message, StringComparison.Ordinal);
        if (compare)
            Assert.Equal(_before, _world.Snapshot(1));
    }
}
