using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

public sealed class ProtocolWatchTests
{
    /// <summary>BIRD tells a moment from two clocks that it reads one after the other: a few milliseconds later is no other moment.</summary>
    [Fact]
    public void A_session_is_new_when_it_is_later_by_more_than_the_clocks_differ()
    {
        string since = "15:00:00.000";
        string? once = null;
        using var daemon = new ReplayDaemon(command => command.StartsWith("show protocols", StringComparison.Ordinal)
            ? $"2002-Name       Proto      Table      State  Since         Info\n1002-BGP1       BGP        ---        up     {Interlocked.Exchange(ref once, null) ?? since}  Established\n0000 \n"
            : ReplayDaemon.StatusReply);
        using BirdClient client = daemon.Client();
        var watch = new ProtocolWatch(client);
        Assert.Empty(watch.Look());
        since = "15:00:00.021";
        Assert.Empty(watch.Look());

        // It stood still for half a second between reading the one and the other.
        once = "15:00:00.500";
        Assert.Empty(watch.Look());
        since = "15:00:01.400";
        BirdProtocolChange change = Assert.Single(watch.Look());
        Assert.Equal(("Changed", "BGP1"), (change.Kind, change.Name));
    }
}
