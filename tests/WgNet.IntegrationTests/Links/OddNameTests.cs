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
}
