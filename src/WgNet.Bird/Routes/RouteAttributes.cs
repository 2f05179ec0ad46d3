namespace WgNet.Bird;

/// <summary>
/// Gathers a route's attributes (codes 1008 and 1012). Names are BIRD 2's ("BGP.as_path"), or BIRD 3's ("bgp_path"); values
/// that are too long for a line go on behind two tabs (BIRD: nest/rt-attr.c, ea_show).
/// </summary>
internal sealed class RouteAttributes
{
    private readonly OrderedDictionary<string, string> _all = [];
    private string? _last;

    /// <summary>The attributes of these lines; a line that is neither "name: value" nor continues one is an attribute without a value.</summary>
    public static RouteAttributes Parse(string lines)
    {
        var parsed = new RouteAttributes();
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            parsed.Add(line);
        return parsed;
    }

    public string? Source { get; private set; }

    public string? Scope { get; private set; }

    public IReadOnlyDictionary<string, string> All => new System.Collections.ObjectModel.ReadOnlyDictionary<string, string>(_all);

    /// <summary>All attributes of a route: those that it shares with others, and BIRD 3's line that is its own.</summary>
    public static IReadOnlyDictionary<string, string> Complete(RouteAttributes? shared, string? ownLine)
    {
        if (ownLine is null)
            return shared?.All ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;
        var all = new RouteAttributes();
        foreach ((string name, string value) in shared?._all ?? [])
            all._all.Add(name, value);
        all.Add(ownLine);
        return all.All;
    }

    public string? AsPath => Value("BGP.as_path", "bgp_path");

    public string? Origin => Value("BGP.origin", "bgp_origin");

    public string? BgpNextHop => Value("BGP.next_hop", "bgp_next_hop");

    public uint? LocalPref => Detail.Unsigned(Value("BGP.local_pref", "bgp_local_pref"));

    public uint? Med => Detail.Unsigned(Value("BGP.med", "bgp_med"));

    public long? Preference => Detail.Integer(Value("preference"));

    public long? Metric => Detail.Integer(Value("Kernel.metric", "krt_metric", "OSPF.metric1", "ospf_metric1", "RIP.metric", "rip_metric", "Babel.metric", "babel_metric"));

    public string[] Communities => Tuples(Value("BGP.community", "bgp_community"));

    public string[] ExtendedCommunities => Tuples(Value("BGP.ext_community", "bgp_ext_community"));

    public string[] LargeCommunities => Tuples(Value("BGP.large_community", "bgp_large_community"));

    private void Add(string text)
    {
        if (text.StartsWith("\t\t", StringComparison.Ordinal) && _last is not null)
        {
            _all[_last] = $"{_all[_last]} {text.Trim()}".Trim();
            return;
        }

        Detail.TrySplit(text, out string name, out string value);
        if (name is "Type")
        {
            var words = new Words(value);
            Source = words.Next().ToString();
            Scope = Detail.NotEmpty(words.Next().ToString());
        }

        if (name is "source")
            Source = value;
        if (!_all.TryAdd(name, value))
            _all[name] += " " + value;
        _last = name;
    }

    private string? Value(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_all.TryGetValue(name, out string? value))
                return value;
        }

        return null;
    }

    // "(65001,666) (65535,65281)", "(rt, 65001, 100)": each tuple as the usual "65001:666".
    private static string[] Tuples(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        var tuples = new List<string>();
        foreach (string part in text.Split(')', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            tuples.Add(string.Join(':', part.TrimStart('(').Split(',', StringSplitOptions.TrimEntries)));
        return [.. tuples];
    }
}

/// <summary>The lines of a route's attributes as they came; routes with the same lines share them.</summary>
internal sealed class AttributeLines(string lines)
{
    private RouteAttributes? _parsed;

    /// <summary>Parsed when first asked for. Two threads that ask at once both parse, and get the same.</summary>
    public RouteAttributes Parsed => _parsed ??= RouteAttributes.Parse(lines);
}
