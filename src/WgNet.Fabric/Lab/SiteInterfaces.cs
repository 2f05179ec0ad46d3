namespace WgNet.Fabric;

/// <summary>
/// The names that a lab gives a gateway's interfaces to its site, so that the fabric's patterns for them match: as in the article, eth1 to the
/// other gateways and eth2 to the router, where the patterns leave the choice.
/// </summary>
internal sealed record SiteInterfaces(string? ToGateways, string ToRouter)
{
    private static readonly string[] s_usual = ["eth1", "eth2"];

    public static SiteInterfaces Of(IReadOnlyList<string> patterns)
    {
        string[] names = [.. s_usual.Where(name => patterns.Any(pattern => Matches(pattern, name)))];
        if (names.Length < 2)
            names = [.. patterns.SelectMany(Examples).Distinct(StringComparer.Ordinal).Take(2)];
        return names switch
        {
            [var one, var two] => new SiteInterfaces(one, two),
            [var one] => new SiteInterfaces(null, one),
            _ => new SiteInterfaces("eth1", "eth2"),
        };
    }

    private static IEnumerable<string> Examples(string pattern) => pattern.AsSpan().ContainsAny('*', '?')
        ? [Fill(pattern, '1'), Fill(pattern, '2')]
        : [pattern];

    private static string Fill(string pattern, char digit) => pattern.Replace('*', digit).Replace('?', digit);

    // Of BIRD's patterns: * any text, ? any one character (lib/patmatch.c).
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name) => pattern switch
    {
        [] => name.IsEmpty,
        ['*', ..] => Matches(pattern[1..], name) || (!name.IsEmpty && Matches(pattern, name[1..])),
        [var first, ..] => !name.IsEmpty && (first == '?' || first == name[0]) && Matches(pattern[1..], name[1..]),
    };
}
