using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>Namespaces whose names PowerShell would read as patterns.</summary>
public sealed class OddNameTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void NamespaceOnThePipelineIsFoundByItsVeryName()
    {
        string odd = _world.Namespace("[x]");
        Assert.Equal(odd, Assert.Single(_engine.Succeed("(Get-NetNamespace $odd | Get-NetLink lo).Namespace", ("odd", odd))).ToString());
        Assert.Equal("lo", Assert.Single(_engine.Succeed("(Get-NetLink lo -Namespace $odd | Set-NetLink -Up -PassThru).Name", ("odd", odd))).ToString());
    }

    [Fact]
    public void PathIsNoPattern()
    {
        string odd = _world.Namespace("[y]");
        Assert.Equal("lo", Assert.Single(_engine.Succeed("(Get-NetLink -Namespace /run/netns/$odd).Name", ("odd", odd))).ToString());
        _engine.Fail("NamespaceNotFound", "Get-NetLink -Namespace '/run/netns/nowhere-at-all[z]'");
    }

    [Fact]
    public void NamespaceThatIsNotThereIsOneError()
    {
        _engine.Fail("NamespaceNotFound", "Get-NetLink lo -Namespace nowhere-at-all");
        _engine.Fail("NamespaceNotFound", "Get-NetLinkRoute 10.0.0.0/8 -Namespace nowhere-at-all");
    }

    [Fact]
    public void DestinationsOfRoutesComplete()
    {
        string ns = _world.Namespace("routes");
        Native.Ip($"-n {ns} route add 10.77.0.0/16 dev lo");
        Assert.Equal("10.77.0.0/16", _engine.Succeed("$line = \"Remove-NetLinkRoute -Namespace $ns 10.7\"; (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText", ("ns", ns))[0].ToString());
    }
}
