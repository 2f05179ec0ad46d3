using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>Namespaces that come and go while patterns look for them.</summary>
public sealed class VanishingNamespaceTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void OneThatIsGoneOrNotYetMadeIsNoMatch()
    {
        string stays = _world.Namespace("stays");
        string comes = _world.Name("comes");
        bool stop = false;
        var churn = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                Native.Run("ip", "netns", "add", comes);
                Native.Run("ip", "netns", "del", comes);
            }
        });
        churn.Start();
        try
        {
            for (int i = 0; i < 300; i++)
                Assert.Contains(stays, _engine.Succeed("(Get-NetLink -Namespace $pattern).Namespace", ("pattern", stays.Replace("stays", "*", StringComparison.Ordinal))).Select(name => name.ToString()));
        }
        finally
        {
            Volatile.Write(ref stop, true);
            churn.Join();
        }
    }

    /// <summary>A file that nothing is bound to: left by a crash, or a namespace in the making.</summary>
    [Fact]
    public void FileThatNothingIsBoundToIsNoMatchAndToldByName()
    {
        string stays = _world.Namespace("stays");
        string path = $"/run/netns/{_world.Name("empty")}";
        File.WriteAllText(path, "");
        try
        {
            string pattern = stays.Replace("stays", "*", StringComparison.Ordinal);
            Assert.Equal(stays, Assert.Single(_engine.Succeed("(Get-NetLink -Namespace $pattern).Namespace", ("pattern", pattern))).ToString());
            _engine.Fail("NamespaceNotFound", "Get-NetLink -Namespace $name", ("name", Path.GetFileName(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
