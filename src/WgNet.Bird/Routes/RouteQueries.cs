using System.Globalization;
using System.Text.RegularExpressions;

namespace WgNet.Bird;

/// <summary>What <c>show route</c> answers.</summary>
public static partial class RouteQueries
{
    /// <summary>
    /// The routes that match, each as soon as its lines have arrived. Ending the loop early closes the conversation, so that
    /// BIRD stops sending.
    /// </summary>
    /// <exception cref="BirdException">"BirdRouteNotFound": nothing is known about the prefix or address asked for.</exception>
    /// <exception cref="FaultException">"BirdProtocolNotFound" or "BirdTableNotFound": the query names what is not there.</exception>
    public static IEnumerable<BirdRoute> Routes(this BirdClient client, BirdRouteQuery query)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(query);
        return Stream(client, query, query.ToCommand(count: false));
    }

    /// <summary>How many routes match, table by table; no route is fetched.</summary>
    public static IEnumerable<BirdRouteCount> CountRoutes(this BirdClient client, BirdRouteQuery query)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(query);
        string command = query.ToCommand(count: true);
        return Narrowed(client, query, () => client.Run(command).Select(line => ParseCount(client, line)).OfType<BirdRouteCount>().ToArray());
    }

    /// <summary>
    /// The names of the daemon's tables (show symbols table; BIRD: nest/cmds.c), without those that BIRD 3 keeps for itself
    /// ("r4!aux") and that no command can name.
    /// </summary>
    public static string[] Tables(this BirdClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return
        [
            .. client.Run("show symbols table")
                .Where(line => line.Code == ReplyCode.Symbol)
                .Select(line => new Words(line.Text).Next().ToString())
                .Where(BirdSyntax.IsPlainPattern)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<BirdRoute> Stream(BirdClient client, BirdRouteQuery query, string command)
    {
        var parser = new RouteParser(client.Clock(), client.ControlSocket, query.Detail, client.Unknown);
        bool any = false;
        try
        {
            BirdConnection connection = client.Ask(command);
            BirdRoute? route;
            while ((route = Next(client, query, parser, connection)) is not null)
            {
                any = true;
                yield return route;
            }
        }
        finally
        {
            client.Release();
        }

        if (!any && query.NamesDestination)
        {
            throw new FaultException("BirdRouteNotFound", FaultKind.NotFound,
                $"BIRD at '{client.ControlSocket}' has no route for '{query.Prefix ?? query.For}' that matches.", query.Prefix ?? query.For);
        }
    }

    // Without the delegate of Narrowed, of which a million routes would need a million.
    private static BirdRoute? Next(BirdClient client, BirdRouteQuery query, RouteParser parser, BirdConnection connection)
    {
        try
        {
            return parser.Read(connection);
        }
        catch (BirdException refused)
        {
            throw Narrowed(client, query, refused);
        }
    }

    private static BirdRouteCount? ParseCount(BirdClient client, BirdReplyLine line)
    {
        Match match = CountLine().Match(line.Text);
        if (match.Success)
        {
            return new BirdRouteCount
            {
                Table = Detail.NotEmpty(match.Groups["table"].Value),
                Routes = Number(match, "routes"),
                TotalRoutes = Number(match, "total"),
                Networks = Number(match, "networks"),
                ControlSocket = client.ControlSocket,
            };
        }

        // "Total: ..." (14) is the sum of what came before.
        if (line.Code != ReplyCode.RouteCount && !string.IsNullOrWhiteSpace(line.Text))
            client.Unknown(line.Text);
        return null;
    }

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static T Narrowed<T>(BirdClient client, BirdRouteQuery query, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (BirdException refused)
        {
            throw Narrowed(client, query, refused);
        }
    }

    // BIRD calls an unknown name a syntax error: see which name it was.
    private static FaultException Narrowed(BirdClient client, BirdRouteQuery query, BirdException refused) => refused.Code switch
    {
        ReplyCode.RouteNotFound => new BirdException(refused.Id, refused.Kind, $"BIRD at '{client.ControlSocket}' has no route for '{query.Prefix ?? query.For}'.",
            refused.Command, refused.Code, refused.Reply, query.Prefix ?? query.For),
        >= 9000 => Missing(client, query) ?? refused,
        _ => refused,
    };

    private static FaultException? Missing(BirdClient client, BirdRouteQuery query)
    {
        List<string> protocols = [.. client.Protocols().Select(protocol => protocol.Name)];
        foreach (string name in new[] { query.Protocol, query.Export }.OfType<string>())
        {
            if (!protocols.Contains(name))
            {
                return new FaultException("BirdProtocolNotFound", FaultKind.NotFound,
                    $"BIRD at '{client.ControlSocket}' has no protocol '{name}'. Get-BirdProtocol lists what there is.", name);
            }
        }

        string[] tables = client.Tables();
        string? table = query.Tables.FirstOrDefault(name => name != "*" && !tables.Contains(name));
        return table is null ? null : new FaultException("BirdTableNotFound", FaultKind.NotFound,
            $"BIRD at '{client.ControlSocket}' has no table '{table}'; it has {string.Join(", ", tables)}.", table);
    }

    [GeneratedRegex(@"^(?<routes>\d{1,18}) of (?<total>\d{1,18}) routes for (?<networks>\d{1,18}) networks( in table (?<table>\S+))?", RegexOptions.ExplicitCapture)]
    private static partial Regex CountLine();
}
