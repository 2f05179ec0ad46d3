using System.Collections;
using System.Management.Automation;

namespace WgNet.Shell;

/// <summary>A property as Select-Object and Sort-Object take it: a name, a pattern, a script block, or a hash table with Name and Expression.</summary>
/// <param name="given">What the user wrote.</param>
internal sealed class PropertyChoice(object given)
{
    private readonly object _given = given is PSObject wrapped ? wrapped.BaseObject : given;

    /// <summary>Sort-Object: the key Descending of a hash table.</summary>
    public bool? Descending => _given is IDictionary table && Entry(table, "descending") is { } value ? LanguagePrimitives.IsTrue(value) : null;

    /// <summary>Its properties of an object: none, one, or for a pattern several.</summary>
    public IEnumerable<(string Name, object? Value)> Of(PSObject item)
    {
        object expression = _given is IDictionary table ? Entry(table, "expression") ?? Entry(table, "name") ?? "" : _given;
        string? label = _given is IDictionary named ? (Entry(named, "name") ?? Entry(named, "label"))?.ToString() : null;
        if (expression is PSObject wrapped)
            expression = wrapped.BaseObject;
        if (expression is ScriptBlock script)
        {
            yield return (label ?? script.ToString(), Result(script, item));
            yield break;
        }

        string name = expression.ToString() ?? "";
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            yield return (label ?? item.Properties[name]?.Name ?? name, Read(item.Properties[name]));
            yield break;
        }

        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        foreach (PSPropertyInfo property in item.Properties)
        {
            if (pattern.IsMatch(property.Name))
                yield return (property.Name, Read(property));
        }
    }

    // Keys may be shortened, as PowerShell's own are: n, e, l.
    private static object? Entry(IDictionary table, string key)
    {
        foreach (DictionaryEntry entry in table)
        {
            if (entry.Key?.ToString() is { Length: > 0 } name && key.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return entry.Value;
        }

        return null;
    }

    private static object? Result(ScriptBlock script, PSObject item)
    {
        try
        {
            var results = script.InvokeWithContext(null, [new PSVariable("_", item)]);
            return results.Count switch { 0 => null, 1 => results[0], _ => results };
        }
        catch (RuntimeException)
        {
            // As in pwsh: a value that cannot be had is none.
            return null;
        }
    }

    private static object? Read(PSPropertyInfo? property)
    {
        try
        {
            return property?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
