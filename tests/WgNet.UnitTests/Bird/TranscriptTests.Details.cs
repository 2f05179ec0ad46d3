using System.Text.RegularExpressions;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

public sealed partial class TranscriptTests
{
    private static readonly string[] s_ospfTypes = ["broadcast", "ptp"];

    [Theory]
    [MemberData(nameof(Names))]
    public void OSPF_areas_and_interfaces_lose_no_line(string name) => Each(name, OspfCommand(), (client, command, reply) =>
    {
        if (reply.StartsWith('9'))
            return;
        var unknown = new List<string>();
        string[] lines = [.. reply.Split('\n').Where(line => line.Length > 1 && !line.StartsWith("0000", StringComparison.Ordinal))];
        if (command.Contains("interface", StringComparison.Ordinal))
        {
            List<BirdOspfInterface> all = [.. OspfInterfaceQueries.Parse(client.Run(command), "", unknown.Add)];
            Assert.Equal(lines.Count(line => line.StartsWith(" Interface ", StringComparison.Ordinal)), all.Count);
            Assert.All(all, one => Assert.Empty(one.OtherLines));
            Assert.All(all, one => Assert.Contains(one.Type, s_ospfTypes));
            Assert.All(all, one => Assert.Equal(("0.0.0.0", 1, 10, 1, 5), (one.Area, one.Priority, one.Cost, one.EcmpWeight, one.RetransmitInterval?.Seconds)));
            Assert.All(all, one => Assert.True(one.HelloInterval < one.DeadInterval && one.WaitInterval <= one.DeadInterval));
            Assert.Equal(lines.Count(line => line.EndsWith("(stub)", StringComparison.Ordinal)), all.Count(one => one.Stub));
            Assert.Equal(lines.Count(line => line.Contains("outer (IP): ", StringComparison.Ordinal) && !line.EndsWith(" ::", StringComparison.Ordinal)), all.Sum(one => (one.DesignatedRouterAddress is null ? 0 : 1) + (one.BackupDesignatedRouterAddress is null ? 0 : 1)));
        }
        else
        {
            List<BirdOspfStatus> all = [.. OspfStatusQueries.Parse(client.Run(command), "", unknown.Add)];
            Assert.Equal(lines.Count(line => line.Contains("RFC1583", StringComparison.Ordinal)), all.Count);
            Assert.All(all, one => Assert.Empty(one.OtherLines));
            Assert.All(all, one => Assert.Equal((false, false, TimeSpan.FromSeconds(1), 1), (one.Rfc1583Compatibility, one.StubRouter, one.SchedulerTick, one.AreaCount)));
            Assert.All(all, one => Assert.Contains($"Number of LSAs in DB:\t{one.LsaCount}\n", reply, StringComparison.Ordinal));
            BirdOspfArea[] areas = [.. all.Select(one => Assert.Single(one.Areas))];
            Assert.All(areas, area => Assert.Equal(("0.0.0.0", true, false, false, false), (area.Id, area.Backbone, area.Stub, area.Nssa, area.Transit)));
            Assert.All(areas, area => Assert.Contains($"interfaces:\t{area.Interfaces}\n \t\tNumber of neighbors:\t{area.Neighbors}\n \t\tNumber of adjacent neighbors:\t{area.AdjacentNeighbors}\n", reply, StringComparison.Ordinal));
        }

        Assert.Empty(unknown);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void RPKI_caches_are_read(string name) => Each(name, ProtocolCommand(), (client, command, reply) =>
    {
        if (reply[0] is '8' or '9')
            return;
        BirdProtocol[] all = [.. ReadProtocols(client, command, detail: true)];
        BirdRpkiCache[] caches = [.. all.Select(one => one.RpkiCache).OfType<BirdRpkiCache>()];
        Assert.Equal(Regex.Count(reply, "Cache server: "), caches.Length);
        Assert.All(all.Where(one => one.RpkiCache is not null), one => Assert.Equal(("RPKI", one.SessionState), (one.Protocol, one.RpkiCache!.State)));
        Assert.All(caches, cache =>
        {
            Assert.Equal(("10.9.0.2", 9999, "Transport-Error", "Unprotected over TCP"), (cache.Server, cache.Port, cache.State, cache.Transport));
            Assert.Equal(((int?)null, (uint?)null, (TimeSpan?)null, (TimeSpan?)null, (TimeSpan?)null), (cache.SessionId, cache.SerialNumber, cache.LastUpdateAge, cache.RefreshInterval, cache.ExpireRemaining));
            Assert.Equal(TimeSpan.FromSeconds(5), cache.RetryInterval);
            Assert.InRange(cache.RetryRemaining!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        });
    });

    [GeneratedRegex(@"^show ospf( OSPF4)?$|^show ospf interface( \w+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex OspfCommand();
}
