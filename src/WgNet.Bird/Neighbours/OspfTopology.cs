namespace WgNet.Bird;

/// <summary>Makes nodes of the lines of <c>show ospf topology</c> and <c>show ospf state</c>, by their indentation.</summary>
internal sealed class OspfTopology(string protocol, string controlSocket, Action<string> unknown)
{
    private readonly List<BirdOspfEdge> _edges = [];
    private readonly List<string> _others = [];
    private string? _area;
    private string? _kind;
    private string _id = "";
    private string? _router;
    private long? _distance;
    private bool _reachable;

    public static IEnumerable<BirdOspfNode> Parse(IEnumerable<BirdReplyLine> lines, string protocol, string controlSocket, Action<string> unknown)
    {
        var topology = new OspfTopology(protocol, controlSocket, unknown);
        foreach (BirdReplyLine line in lines)
        {
            if (topology.Feed(line.Text) is { } node)
                yield return node;
        }

        if (topology.Finish() is { } last)
            yield return last;
    }

    // "area 0.0.0.0", "\trouter 10.9.0.1", "\t\tdistance 0".
    private BirdOspfNode? Feed(string text)
    {
        var words = new Words(text);
        string first = words.Next().ToString(), rest = words.Rest.ToString();
        int depth = text.Length - text.AsSpan().TrimStart('\t').Length;
        if (first.Length == 0)
            return null;
        if (depth == 0)
        {
            BirdOspfNode? complete = Finish();
            if (first == "area")
                _area = rest;
            else if (first == "other")
                _area = null;
            else
                unknown(text);
            return complete;
        }

        if (depth == 1)
        {
            BirdOspfNode? complete = Finish();
            (_kind, _id) = (first, rest);
            return complete;
        }

        AddToNode(first, rest, text);
        return null;
    }

    private BirdOspfNode? Finish()
    {
        if (_kind is null)
            return null;
        var node = new BirdOspfNode
        {
            Protocol = protocol,
            Area = _area,
            Kind = _kind,
            Id = _id,
            Distance = _distance,
            Reachable = _reachable,
            DesignatedRouter = _router,
            Edges = [.. _edges],
            OtherLines = [.. _others],
            ControlSocket = controlSocket,
        };
        (_kind, _router, _distance, _reachable) = (null, null, null, false);
        _edges.Clear();
        _others.Clear();
        return node;
    }

    private void AddToNode(string first, string rest, string text)
    {
        if (_kind is null)
            unknown(text);
        else if (first == "distance" && Detail.Integer(rest) is { } distance)
            (_distance, _reachable) = (distance, true);
        else if (first == "unreachable" && rest.Length == 0)
            _reachable = false;
        else if (first == "dr")
            _router = rest;
        else if (rest.Length > 0)
            _edges.Add(Edge(first, rest));
        else
            _others.Add(text.Trim());
    }

    // "external 203.0.113.0/24 metric2 10000 via 10.9.0.2 tag 00000055"
    private static BirdOspfEdge Edge(string kind, string text)
    {
        var words = new Words(text);
        string id = words.Next().ToString();
        long? metric = null, metric2 = null;
        string? via = null, tag = null;
        var other = new List<string>();
        while (!words.IsEmpty)
        {
            string word = words.Next().ToString();
            if (word == "metric" && Detail.Integer(words.Peek()) is { } value)
                metric = value;
            else if (word == "metric2" && Detail.Integer(words.Peek()) is { } second)
                metric2 = second;
            else if (word == "via")
                via = words.Peek().ToString();
            else if (word == "tag")
                tag = words.Peek().ToString();
            else
            {
                other.Add(word);
                continue;
            }

            words.Next();
        }

        return new BirdOspfEdge { Kind = kind, Id = id, Metric = metric, Metric2 = metric2, Via = via, Tag = tag, Other = Detail.NotEmpty(string.Join(' ', other)) };
    }
}
