using System.Text.RegularExpressions;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>Every recorded conversation is understood, and what was counted in its text is found in the objects.</summary>
public sealed partial class TranscriptTests
{
    public static TheoryData<string> Names => [.. Transcript.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_of_every_reply_has_a_code_and_every_reply_an_end(string name)
    {
        Transcript transcript = Transcript.Load(name);
        using ReplayDaemon daemon = ReplayDaemon.Of(transcript, piece: 700);
        using BirdClient client = daemon.Client();
        foreach ((string command, string reply) in transcript.Exchanges.DistinctBy(exchange => exchange.Command))
        {
            List<BirdReplyLine> lines = [];
            try
            {
                foreach (BirdReplyLine line in client.Run(command))
                    lines.Add(line);
            }
            catch (BirdException refused)
            {
                lines.Add(new BirdReplyLine { Code = refused.Code, Text = refused.Reply, ControlSocket = "" });
            }

            Assert.All(lines, line => Assert.InRange(line.Code, 0, 9999));
            string[] expected = [.. reply.Split('\n')[..^1].Where(line => line != "0000 ")];
            Assert.Equal(expected.Length, lines.Count);
            Assert.All(lines.Zip(expected), pair => Assert.EndsWith(pair.First.Text, pair.Second, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Routes_lose_no_route_no_next_hop_and_no_attribute(string name) => Each(name, RouteCommand(), (client, command, reply) =>
    {
        Match asked = RouteCommand().Match(command);
        List<BirdRoute> routes = [];
        try
        {
            bool detail = asked.Groups["all"].Success;
            routes.AddRange(ReadRoutes(client, command, detail));
        }
        catch (BirdException refused)
        {
            Assert.StartsWith($"{refused.Code:0000} {refused.Reply}", reply, StringComparison.Ordinal);
        }

        string[] lines = reply.Split('\n');
        Assert.Equal(lines.Count(line => RouteLine().IsMatch(line)), routes.Count);
        Assert.Equal(lines.Count(line => NextHopLine().IsMatch(line)), routes.Sum(route => route.NextHops.Length));
        Assert.Equal(lines.Count(line => AttributeLine().IsMatch(line) && !NextHopLine().IsMatch(line)), routes.Sum(route => route.Attributes.Count));
        Assert.All(routes, route =>
        {
            Assert.Empty(route.OtherLines);
            Assert.NotNull(route.Since);
            Assert.NotNull(route.Preference);
            Assert.Contains(route.Table!, reply, StringComparison.Ordinal);
            Assert.Equal(route.Type == "unicast", route.NextHops.Length > 0);
            Assert.All(route.NextHops, hop => Assert.Null(hop.Other));
        });
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Protocols_lose_no_row_and_no_detail(string name) => Each(name, ProtocolCommand(), (client, command, reply) =>
    {
        Match asked = ProtocolCommand().Match(command);
        if (reply[0] is '8' or '9')
            return;
        List<BirdProtocol> protocols = ReadProtocols(client, command, asked.Groups["all"].Success);
        string[] lines = reply.Split('\n');
        Assert.Equal(lines.Count(line => ProtocolRow().IsMatch(line)), protocols.Count);
        Assert.Equal(lines.Count(line => DetailLine().IsMatch(line)), protocols.Sum(LinesOf));
        Assert.All(protocols, protocol => Assert.NotNull(protocol.Since));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Interfaces_lose_no_address(string name) => Each(name, InterfaceCommand(), (client, _, reply) =>
    {
        List<BirdInterface> interfaces = [.. client.Interfaces()];
        string[] lines = reply.Split('\n');
        Assert.Equal(lines.Count(line => line.StartsWith("1001-", StringComparison.Ordinal)), interfaces.Count);
        Assert.Equal(lines.Count(line => line.Contains(", scope ", StringComparison.Ordinal)), interfaces.Sum(one => one.Addresses.Length));
        Assert.All(interfaces, one =>
        {
            Assert.Empty(one.OtherLines);
            Assert.NotNull(one.Index);
            Assert.NotNull(one.Mtu);
            Assert.NotNull(one.Type);
            Assert.All(one.Addresses, address => Assert.NotNull(address.Scope));
        });
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Neighbours_and_sessions_lose_no_row(string name) => Each(name, NeighbourCommand(), (client, command, reply) =>
    {
        string[] lines = reply.Split('\n');
        if (command.Contains("bfd", StringComparison.Ordinal))
        {
            List<BirdBfdSession> sessions = reply.StartsWith('9') ? [] : [.. NeighbourQueries.ParseBfd(client.Run(command), client.Clock(), "", client.Unknown)];
            Assert.Equal(lines.Count(line => line.TrimEnd().EndsWith("0.600", StringComparison.Ordinal)), sessions.Count);
            Assert.All(sessions, session => Assert.Equal(("BFD", "Up", TimeSpan.FromSeconds(0.2)), (session.Protocol, session.State, session.Interval)));
        }
        else
        {
            List<BirdOspfNeighbor> neighbours = reply.StartsWith('9') ? [] : [.. NeighbourQueries.ParseOspf(client.Run(command), "", client.Unknown)];
            Assert.Equal(lines.Count(line => NeighbourRow().IsMatch(line)), neighbours.Count);
            Assert.All(neighbours, neighbour => Assert.Contains($"{neighbour.Protocol}:\n", reply, StringComparison.Ordinal));
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Topology_memory_and_symbols_lose_no_line(string name)
    {
        Each(name, StateCommand(), (client, command, reply) =>
        {
            if (reply.StartsWith('9'))
                return;
            var unknown = new List<string>();
            List<BirdOspfNode> nodes = [.. OspfTopology.Parse(client.Run(command), "O", "", unknown.Add)];
            string[] lines = [.. reply.Split('\n').Where(line => line.StartsWith(" \t", StringComparison.Ordinal))];
            Assert.Empty(unknown);
            Assert.Equal(lines.Length, nodes.Sum(node => 1 + node.Edges.Length + (node.Distance is null ? 0 : 1) + (node.DesignatedRouter is null ? 0 : 1)));
            Assert.All(nodes, node => Assert.All(node.Edges, edge => Assert.Null(edge.Other)));
            Assert.All(nodes, node => Assert.Empty(node.OtherLines));
        });
        Each(name, MemoryCommand(), (client, _, reply) => Assert.Equal(reply.Split('\n').Count(line => line.Contains(": ", StringComparison.Ordinal)), client.Memory().Count()));
        Each(name, SymbolCommand(), (client, command, reply) => Assert.Equal(reply.Split('\n').Count(line => line.Contains('\t', StringComparison.Ordinal) && !line.EndsWith("undefined", StringComparison.Ordinal)), SymbolQueries.Parse(client.Run(command), "", client.Unknown).Count(symbol => symbol.Kind != "undefined")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Static_routes_and_advertisements_lose_no_line(string name)
    {
        Each(name, StaticCommand(), (client, command, reply) =>
        {
            if (reply.StartsWith('9'))
                return;
            var unknown = new List<string>();
            List<BirdStaticRoute> routes = [.. StaticRouteQueries.Parse(client.Run(command), "S", "", unknown.Add)];
            string[] lines = [.. reply.Split('\n').Select(line => line.Length < 5 || line[0] == ' ' ? line[Math.Min(1, line.Length)..] : line[5..]).Where(line => line.Trim().Length > 0)];
            Assert.Empty(unknown);
            Assert.Equal(lines.Count(line => line[0] != '\t'), routes.Count);
            Assert.Equal(lines.Count(line => line[0] == '\t'), routes.Sum(route => route.NextHops.Length));
            Assert.Equal(lines.Count(line => line.Contains("onlink", StringComparison.Ordinal)), routes.Sum(route => route.NextHops.Count(hop => hop.OnLink)));
            Assert.Equal(lines.Count(line => line.Contains("(dormant)", StringComparison.Ordinal)), routes.Sum(route => route.NextHops.Count(hop => hop.Dormant)));
            Assert.All(routes, route => Assert.Equal(route.Type == "unicast", route.NextHops.Length > 0));
            Assert.All(routes, route => Assert.All(route.NextHops, hop => Assert.Null(hop.Other)));
            Assert.Equal(lines.Count(line => line.Contains("recursive ", StringComparison.Ordinal)), routes.Count(route => route.RecursiveVia is not null));
        });
        Each(name, LsaCommand(), (client, command, reply) =>
        {
            if (reply.StartsWith('9'))
                return;
            var unknown = new List<string>();
            List<BirdOspfLsa> all = [.. OspfLsaQueries.Parse(client.Run(command), "O", "", unknown.Add)];
            Assert.Empty(unknown);
            Assert.Equal(reply.Split('\n').Count(line => LsaRow().IsMatch(line)), all.Count);
            Assert.All(all, one => Assert.False(one.TypeName.StartsWith('0')));
            Assert.All(all, one => Assert.Equal(one.Scope, one.Area is not null ? "Area" : one.InterfaceName is not null ? "Link" : "Global"));
            Assert.Contains(all, one => one.TypeName == "Router" && one.Area == "0.0.0.0");
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Babel_and_RIP_lose_no_row(string name)
    {
        Each(name, BabelOrRipCommand(), (client, command, reply) =>
        {
            if (reply.StartsWith('9'))
                return;
            int rows = reply.Split('\n').Count(line => line.Length > 1 && line[0] == ' ') - 1;
            switch (command)
            {
                case "show babel interfaces":
                    BirdBabelInterface one = Assert.Single(client.BabelInterfaces());
                    Assert.Equal(("BABEL", "eth0", "Up", "No", 96, 1, "10.9.0.1", 1), (one.Protocol, one.Name, one.State, one.Authentication, one.ReceiveCost, one.Neighbors, one.NextHop4, rows));
                    Assert.StartsWith("fe80::", one.NextHop6, StringComparison.Ordinal);
                    break;
                case "show babel neighbors":
                    BirdBabelNeighbor neighbour = Assert.Single(client.BabelNeighbors());
                    Assert.Equal(("BABEL", "eth0", 96, 12, 16, "No", 1), (neighbour.Protocol, neighbour.InterfaceName, neighbour.Metric, neighbour.Routes, neighbour.Hellos, neighbour.Authentication, rows));
                    Assert.Equal(reply.Contains("RTT", StringComparison.Ordinal), neighbour.RoundTrip is not null);
                    break;
                case "show babel routes":
                    List<BirdBabelRoute> routes = [.. client.BabelRoutes()];
                    Assert.Equal(rows, routes.Count);
                    Assert.All(routes, route => Assert.Equal(("10.9.0.2", "eth0", 96, true, true, 1), (route.NextHop, route.InterfaceName, route.Metric, route.Selected, route.Feasible, route.Sequence)));
                    Assert.All(routes, route => Assert.NotNull(route.Expires));
                    break;
                case "show babel entries":
                    List<BirdBabelEntry> entries = [.. client.BabelEntries()];
                    Assert.Equal(rows, entries.Count);
                    Assert.All(entries, entry => Assert.Equal(("BABEL", "00:00:00:00:0a:09:00:02", 96, 1, 1, 0), (entry.Protocol, entry.RouterId, entry.Metric, entry.Sequence, entry.Routes, entry.Sources)));
                    Assert.All(entries, entry => Assert.Contains($" {entry.Prefix} ", reply, StringComparison.Ordinal));
                    break;
                case "show rip interfaces":
                    Assert.Equal(("RIP4", "eth1", "Up", 1, 1), client.RipInterfaces().Select(rip => (rip.Protocol, rip.Name, rip.State, rip.Metric, rip.Neighbors)).Single());
                    break;
                default:
                    Assert.Equal(("RIP4", "10.9.1.2", "eth1", 1, 12), client.RipNeighbors().Select(rip => (rip.Protocol, rip.Address, rip.InterfaceName, rip.Metric, rip.Routes)).Single());
                    break;
            }
        });
    }

    // What every recorded command is read by: a new kind of recording has to be given a test, or stand here as raw.
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_is_read_by_a_parser_or_is_known_to_be_raw(string name)
    {
        Regex[] typed = [RouteCommand(), CountCommand(), ProtocolCommand(), InterfaceCommand(), NeighbourCommand(), StateCommand(), MemoryCommand(), SymbolCommand(), StaticCommand(), LsaCommand(), OspfCommand(), BabelOrRipCommand(), StatusCommand(), ActionCommand()];
        Assert.All(
            Transcript.Load(name).Exchanges.Where(exchange => exchange.Reply.Length > 0 && exchange.Reply[0] is not ('8' or '9')),
            exchange => Assert.True(typed.Any(kind => kind.IsMatch(exchange.Command)) || RawCommand().IsMatch(exchange.Command), exchange.Command));
    }

    // Runs a check on the first reply to each command of a kind; no line may be unknown.
    private static void Each(string name, Regex kind, Action<BirdClient, string, string> check)
    {
        Transcript transcript = Transcript.Load(name);
        using ReplayDaemon daemon = ReplayDaemon.Of(transcript);
        var unknown = new List<string>();
        using BirdClient client = daemon.Client(unknown: unknown.Add);
        foreach ((string command, string reply) in transcript.Exchanges.DistinctBy(exchange => exchange.Command).Where(exchange => kind.IsMatch(exchange.Command)))
        {
            check(client, command, reply);
            Assert.Empty(unknown);
        }
    }

    private static List<BirdRoute> ReadRoutes(BirdClient client, string command, bool detail)
    {
        var parser = new RouteParser(client.Clock(), client.ControlSocket, detail, client.Unknown);
        BirdConnection connection = client.Ask(command);
        var routes = new List<BirdRoute>();
        while (parser.Read(connection) is { } route)
            routes.Add(route);
        return routes;
    }

    private static List<BirdProtocol> ReadProtocols(BirdClient client, string command, bool detail)
    {
        var parser = new ProtocolParser(client.Clock(), client.ControlSocket, detail, client.Unknown);
        List<BirdProtocol> protocols = [.. client.Run(command).Select(parser.Feed).OfType<BirdProtocol>()];
        if (parser.Finish() is { } last)
            protocols.Add(last);
        return protocols;
    }

    private static int LinesOf(BirdProtocol protocol) =>
        protocol.Details.Sum(LinesOf)
        + protocol.Channels.Sum(channel => 1 + channel.Details.Sum(LinesOf) + (channel.RouteChanges.Length > 0 ? 1 + channel.RouteChanges.Length : 0));

    private static int LinesOf(KeyValuePair<string, string> detail) =>
        detail.Key.EndsWith("capabilities", StringComparison.Ordinal) ? 1 + detail.Value.Split("; ").Length : 1;

    [GeneratedRegex(@"^show route(?!.*count)(?<all>.* all)?", RegexOptions.ExplicitCapture)]
    private static partial Regex RouteCommand();

    [GeneratedRegex(@"^(\d{4}-| ).* \[\S+ [\d:. -]+( from \S+)?\]( [*!])? ", RegexOptions.ExplicitCapture)]
    private static partial Regex RouteLine();

    [GeneratedRegex(@"^ \t(via|dev) ", RegexOptions.ExplicitCapture)]
    private static partial Regex NextHopLine();

    [GeneratedRegex(@"^( |10(08|12)-)\t\S", RegexOptions.ExplicitCapture)]
    private static partial Regex AttributeLine();

    [GeneratedRegex(@"^show protocols(?<all> all)?( (?<name>\S+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex ProtocolCommand();

    [GeneratedRegex(@"^(1002-| )\w+ +\w+ +(---|\w+) +(up|start|down|flush) ", RegexOptions.ExplicitCapture)]
    private static partial Regex ProtocolRow();

    [GeneratedRegex(@"^(1006-| )  +\S", RegexOptions.ExplicitCapture)]
    private static partial Regex DetailLine();

    [GeneratedRegex("^show ospf (state|topology)", RegexOptions.ExplicitCapture)]
    private static partial Regex StateCommand();

    [GeneratedRegex("^show memory$")]
    private static partial Regex MemoryCommand();

    [GeneratedRegex(@"^show symbols( \w+)?$")]
    private static partial Regex SymbolCommand();

    [GeneratedRegex("^show interfaces$")]
    private static partial Regex InterfaceCommand();

    [GeneratedRegex(@"^(1013-| )\d+\.\d+\.\d+\.\d+\s", RegexOptions.ExplicitCapture)]
    private static partial Regex NeighbourRow();

    [GeneratedRegex(@"^show (bfd sessions|ospf neighbors)( \w+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex NeighbourCommand();

    [GeneratedRegex("^show static( |$)", RegexOptions.ExplicitCapture)]
    private static partial Regex StaticCommand();

    [GeneratedRegex("^show ospf lsadb ")]
    private static partial Regex LsaCommand();

    [GeneratedRegex(@"^ +[0-9a-f]{4} +\d+\.", RegexOptions.ExplicitCapture)]
    private static partial Regex LsaRow();

    [GeneratedRegex("^show (babel (interfaces|neighbors|entries|routes)|rip (interfaces|neighbors))$", RegexOptions.ExplicitCapture)]
    private static partial Regex BabelOrRipCommand();

    [GeneratedRegex("^show route.* count$|^show route count$")]
    private static partial Regex CountCommand();

    [GeneratedRegex("^show status$")]
    private static partial Regex StatusCommand();

    [GeneratedRegex("^(configure|enable|disable|restart|reload|restrict|timeformat)( |$)", RegexOptions.ExplicitCapture)]
    private static partial Regex ActionCommand();

    // No cmdlet reads these, or one reads the same from another command: Invoke-BirdCommand gives their lines.
    [GeneratedRegex("^(show (rou|interfaces summary|mpls ranges)|eval .*|debug .*|echo .*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex RawCommand();
}
