namespace WgNet.Bird;

/// <summary>What <c>show static</c> answers.</summary>
public static class StaticRouteQueries
{
    private const string Kind = "Static";

    /// <summary>
    /// The configured routes of one static protocol, or of each. BIRD does not say which protocol a route is of, so each is
    /// asked by its name.
    /// </summary>
    /// <exception cref="FaultException">"BirdProtocolNotFound": there is no static protocol of this name.</exception>
    public static IEnumerable<BirdStaticRoute> StaticRoutes(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        string[] names = protocol is null ? KindReplies.Names(client, Kind) : [protocol];
        return names.SelectMany(name => Parse(KindReplies.Lines(client, "show static", Kind, name), name, client.ControlSocket, client.Unknown));
    }

    // "192.0.2.0/25\tblackhole", or "203.0.113.0/24" and a line with its tab for each next hop.
    internal static IEnumerable<BirdStaticRoute> Parse(IEnumerable<BirdReplyLine> lines, string protocol, string controlSocket, Action<string> unknown)
    {
        string? prefix = null;
        string destination = "";
        var hops = new List<BirdStaticNextHop>();
        foreach (BirdReplyLine line in lines)
        {
            string text = line.Text;
            if (text.Trim().Length == 0)
                continue;
            if (text[0] == '\t' && prefix is not null && Hop(text) is { } hop)
            {
                hops.Add(hop);
                continue;
            }

            if (char.IsWhiteSpace(text[0]))
            {
                unknown(text);
                continue;
            }

            if (prefix is not null)
                yield return Route(prefix, destination, hops, protocol, controlSocket);
            hops.Clear();
            string[] parts = text.Split('\t', 2);
            (prefix, destination) = (parts[0].TrimEnd(), parts.Length < 2 ? "unicast" : parts[1].Trim());
        }

        if (prefix is not null)
            yield return Route(prefix, destination, hops, protocol, controlSocket);
    }

    private static BirdStaticRoute Route(string prefix, string destination, List<BirdStaticNextHop> hops, string protocol, string controlSocket)
    {
        var words = new Words(destination);
        string type = words.Next().ToString();
        return new BirdStaticRoute
        {
            Protocol = protocol,
            Prefix = prefix,
            Type = type.Length == 0 ? "none" : type,
            NextHops = [.. hops],
            RecursiveVia = type == "recursive" ? Detail.NotEmpty(words.Rest.ToString()) : null,
            ControlSocket = controlSocket,
        };
    }

    // "via 10.9.7.7%eth1 onlink (bfd) (dormant)", "dev eth1"
    private static BirdStaticNextHop? Hop(string text)
    {
        var words = new Words(text);
        string kind = words.Next().ToString(), where = words.Next().ToString();
        if (kind is not ("via" or "dev") || where.Length == 0)
            return null;
        var marks = new HashSet<string>(StringComparer.Ordinal);
        var others = new List<string>();
        while (!words.IsEmpty)
        {
            string word = words.Next().ToString();
            if (word is "onlink" or "(dormant)" or "(bfd)")
                marks.Add(word);
            else
                others.Add(word);
        }

        int percent = where.IndexOf('%', StringComparison.Ordinal);
        return new BirdStaticNextHop
        {
            Gateway = kind == "dev" ? null : percent < 0 ? where : where[..percent],
            InterfaceName = kind == "dev" ? where : percent < 0 ? null : where[(percent + 1)..],
            OnLink = marks.Contains("onlink"),
            Dormant = marks.Contains("(dormant)"),
            Bfd = marks.Contains("(bfd)"),
            Other = Detail.NotEmpty(string.Join(' ', others)),
        };
    }
}
