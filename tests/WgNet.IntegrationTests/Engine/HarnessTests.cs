using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Engine;

/// <summary>What the other tests stand on.</summary>
public sealed class HarnessTests
{
    [Fact]
    public void AllThatAScriptWritesComesBackApart()
    {
        using var session = new EngineSession();
        EngineResult result = session.Run("$a; nosuchthing; throw 'at the end'", ("a", 7));
        Assert.Equal(7, Assert.Single(result.Output).BaseObject);
        Assert.Equal(["CommandNotFoundException", "at the end"], result.ErrorIds);
    }

    [Fact]
    public void ARunningPipelineIsStopped()
    {
        using var session = new EngineSession();
        using RunningPipeline running = session.Start("1; while ($true) { [Threading.Thread]::Sleep(10) }");
        Assert.Equal(1, Assert.Single(running.WaitForOutput(1)).BaseObject);
        running.Stop();
        Wait.Until(() => running.IsCompleted, "the pipeline to end");
    }

    [Fact]
    public void TextIsWhatATerminalOfThatWidthShows()
    {
        using var session = new EngineSession();
        string text = session.Text("[pscustomobject]@{ Name = 'x' * 100 }", width: 40);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 40, line));
        Assert.Contains("Name", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NamespacesGoWithTheTest()
    {
        string name;
        using (var world = new TestWorld())
        {
            name = world.Namespace("a");
            Assert.Contains(name, Native.Ip("netns list"), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(name, Native.Ip("netns list"), StringComparison.Ordinal);
    }

    [Fact]
    public void ADaemonEndsWithItsTest()
    {
        int id;
        using (Daemon daemon = Daemon.Start("sleep", "1000"))
        {
            id = daemon.Id;
            Assert.True(Directory.Exists($"/proc/{id}"));
        }

        Assert.False(Directory.Exists($"/proc/{id}"));
    }
}
