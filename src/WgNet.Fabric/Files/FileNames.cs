namespace WgNet.Fabric;

/// <summary>Names of fabrics, sites and gateways. They become names of files, namespaces and BIRD's protocols.</summary>
internal static class FileNames
{
    public const int Longest = 40;

    private const string Rule = "A name has 1 to 40 letters, digits, '.', '_' and '-' and begins with a letter or digit.";

    /// <summary>The name under a key; null, and a problem, where there is none that serves.</summary>
    public static string? Of(MapReader map, string key, string what)
    {
        if (!map.Has(key))
        {
            map.Missing(key, $"give {what}");
            return null;
        }

        if (map.Text(key) is not { } name)
            return null;
        if (IsPossible(name))
            return name;
        map.Problems.Add(map.At(key), "FabricInvalidName", $"'{FileProblems.Shown(name)}' cannot be a name. {Rule}");
        return null;
    }

    public static bool IsPossible(string name) =>
        name.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
