using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>
/// The names that a Get- cmdlet was asked for. Wildcards choose; a name without one must be there, and <see cref="Unmatched"/>
/// says which were not. Case counts, as it does to the kernel.
/// </summary>
internal sealed class NameFilter
{
    private readonly List<WildcardPattern> _patterns = [];

    // A pattern is also the name that it spells, so that an object on the pipeline finds its own 'a[1]'.
    private readonly HashSet<string> _verbatim = new(StringComparer.Ordinal);
    private readonly HashSet<string> _literals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unmatched = new(StringComparer.Ordinal);

    public NameFilter(IEnumerable<string>? names)
    {
        foreach (string name in names ?? [])
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                _patterns.Add(new WildcardPattern(name));
                _verbatim.Add(name);
            }
            else
            {
                _literals.Add(WildcardPattern.Unescape(name));
            }
        }

        _unmatched.UnionWith(_literals);
    }

    /// <summary>No names were given: everything matches.</summary>
    public bool IsEmpty => _patterns.Count == 0 && _literals.Count == 0;

    /// <summary>The literal names that no call of <see cref="Matches"/> has met.</summary>
    public IEnumerable<string> Unmatched => _unmatched;

    public bool Matches(string? name)
    {
        if (IsEmpty)
            return true;
        if (name is null)
            return false;
        _unmatched.Remove(name);
        return _literals.Contains(name) || _verbatim.Contains(name) || _patterns.Exists(pattern => pattern.IsMatch(name));
    }
}
