using System.Text;
using CsCheck;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>
/// Bytes that are almost BIRD's, and bytes that are not: parsers give objects or unknown lines, never an exception. The
/// environment variable WGNET_FUZZ sets the number of inputs of each kind, for a long run.
/// </summary>
public sealed class GarbageTests
{
    private static readonly string[] s_pieces =
    [
        "1007-", "1008-", "1012-", "1002-", "1006-", "0000 ", "\n", "\n ", "\n \t", "\t\t", "Table ", ":", " [", "]", "(", ")", "/", "*", "!", "via ", "dev ", "on ", " mpls ", " weight ",
        "99999999999999999999", "-1", "from ", "unicast", "BGP.as_path: ", "BGP.med: ", "Type:", "Channel ipv4", "    Routes:  ", "      Import updates: ", "Route change stats: a  b", "1 2 3",
        "Hold timer: /", "1e999", "Local capabilities", "10.0.0.0/8", "15:00:00.000", "AS", "i]", "\0", "\u00ff", "é", " ", "  ", "x", "1001-", "1003-", "1004-", "MTU=", "(index=", "/999", "1013-", "1020-", "Full/",
        "1016-", "\t", "\trouter ", "\t\tdistance ", "\t\texternal ", " metric ", " metric2 ", " tag ", "area ", "1018-", " kB", "1010-", "protocol", "\tInternal route handling values: ", "1009-", "1014-", "1015-", "1017-", "1023-", "1025-", "Area ", "Link ", " 2001 ", "80000001 ", "\tvia 10.0.0.1", " onlink", " (dormant)", "eth0 ", "96 ", "+ ", "bgp_community: (", "2026-11-22 ", "\nP:", "Interface eth0 (", "IID ", "Virtual link ", "\n \tState: ", "Cost: ", "\tArea: 0.0.0.0 (0) ", "\t\tNSSA:\t", "Area networks:", "\n \t\t\t10.0.0.0/8\tHidden\t", "<none>", "Cache server: ", "Retry timer: ", "Last update: before ", " s",
    ];

    private static readonly string[] s_commands = ["show route all", "show protocols all", "show interfaces", "show status"];

    private static readonly Gen<string> s_text = Gen.Int[0, s_pieces.Length - 1].Array[0, 60].Select(indices => string.Concat(indices.Select(i => s_pieces[i])) + "\n0000 \n");

    private static readonly BirdClock s_clock = new(new DateTime(2026, 11, 22));

    [Fact]
    public void Almost_BIRD() => s_text.Sample(text => ParseAll(Encoding.Latin1.GetBytes(text)), iter: Inputs(20_000));

    [Fact]
    public void Any_bytes() => Gen.Byte.Array[0, 300].Sample(ParseAll, iter: Inputs(20_000));

    [Fact]
    public void Recorded_replies_with_bytes_changed()
    {
        byte[][] replies = [.. s_commands.Select(command => Encoding.UTF8.GetBytes(Transcript.Load("comm-c.sock").Reply(command)!))];
        Gen.Select(Gen.Int[0, 3], Gen.Select(Gen.Int[0, 20_000], Gen.Byte).Array[1, 20]).Sample(
            (which, changes) =>
            {
                byte[] bytes = [.. replies[which]];
                foreach ((int at, byte value) in changes)
                    bytes[at % bytes.Length] = value;
                ParseAll(bytes);
            },
            iter: Inputs(1000));
    }

    private static int Inputs(int usual) => int.TryParse(Environment.GetEnvironmentVariable("WGNET_FUZZ"), out int wanted) ? wanted : usual;

    // Every line is given to every parser, whatever it is.
    private static void ParseAll(byte[] bytes)
    {
        using var reader = new ReplyReader(new PieceSource(bytes, [Math.Max(1, bytes.Length)]));
        var routes = new RouteParser(s_clock, "", detail: true, _ => { });
        var lines = new List<BirdReplyLine>();
        while (reader.Read(out ReplyLine line))
        {
            TouchRoute(routes.Feed(line));
            lines.Add(new BirdReplyLine { Code = line.Code, Text = Encoding.UTF8.GetString(line.Text), ControlSocket = "" });
        }

        TouchRoute(routes.Finish());
        var protocols = new ProtocolParser(s_clock, "", detail: true, _ => { });
        foreach (BirdReplyLine line in lines)
            Touch(protocols.Feed(line));
        Touch(protocols.Finish());
        Assert.NotNull(InterfaceQueries.Parse(lines, "", _ => { }).ToList());
        Assert.NotNull(NeighbourQueries.ParseOspf(lines, "", _ => { }).ToList());
        Assert.NotNull(NeighbourQueries.ParseBfd(lines, s_clock, "", _ => { }).ToList());
        Assert.NotNull(OspfTopology.Parse(lines, "", "", _ => { }).ToList());
        Assert.NotNull(OspfLsaQueries.Parse(lines, "", "", _ => { }).ToList());
        Assert.NotNull(StaticRouteQueries.Parse(lines, "", "", _ => { }).ToList());
        Assert.NotNull(OspfInterfaceQueries.Parse(lines, "", _ => { }).ToList());
        Assert.NotNull(OspfStatusQueries.Parse(lines, "", _ => { }).ToList());
        Assert.NotNull(BabelQueries.ParseEntries(lines, "", _ => { }).ToList());
        Assert.NotNull(BabelQueries.ParseInterfaces(lines, "", _ => { }).ToList());
        Assert.NotNull(BabelQueries.ParseNeighbors(lines, "", _ => { }).ToList());
        Assert.NotNull(BabelQueries.ParseRoutes(lines, "", _ => { }).ToList());
        Assert.NotNull(RipQueries.ParseInterfaces(lines, "", _ => { }).ToList());
        Assert.NotNull(RipQueries.ParseNeighbors(lines, "", _ => { }).ToList());
        Assert.NotNull(MemoryQueries.Parse(lines, "", _ => { }).ToList());
        Assert.NotNull(SymbolQueries.Parse(lines, "", _ => { }).ToList());
        Assert.NotNull(StatusQueries.Parse(lines, "").ToString());
        Assert.NotNull(ConfigurationCommands.Parse(lines, "", null).ToString());
    }

    // Attributes are parsed when they are looked at.
    private static void TouchRoute(BirdRoute? route) =>
        Touch((route?.Attributes, route?.AsPath, route?.NextHops.Length, route?.SincePrecision, route?.Metric, route?.Communities.Length, route?.LargeCommunities.Length, route?.ExtendedCommunities.Length, route?.ToString()));

    private static void Touch(object? made) => Assert.NotNull(made?.ToString() ?? "");
}
