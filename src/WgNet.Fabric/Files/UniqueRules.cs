namespace WgNet.Fabric;

/// <summary>What no two of a file may share.</summary>
internal static class UniqueRules
{
    public static void Check(FileProblems problems, SiteDraft[] sites)
    {
        GatewayDraft[] gateways = [.. sites.SelectMany(site => site.Gateways)];
        string?[] twice =
        [
            .. Each(problems, sites, site => site.Name, site => site.Map.At("Name"), "FabricDuplicateName",
                (name, line) => $"Another site is called '{name}' already (line {line}). Names are told apart by more than case."),
            .. Each(problems, gateways, gateway => gateway.Name, gateway => gateway.Map.At("Name"), "FabricDuplicateName",
                (name, line) => $"Another gateway is called '{name}' already (line {line}). Names are told apart by more than case."),
        ];
        Each(problems, sites, site => site.Made?.ASNumber.ToString(System.Globalization.CultureInfo.InvariantCulture), site => site.Map.At("ASNumber"), "FabricDuplicateASNumber",
            (number, line) => $"{number} is the AS number of another site too (line {line}). Each site has its own.");

        // Of those that share a whole name enough was said.
        Each(problems, gateways, gateway => twice.Contains(gateway.Name) ? null : gateway.Made?.BirdName, gateway => gateway.Map.At("Name"), "FabricDuplicateName",
            (name, line) => $"In BIRD it would be '{name}', as the gateway on line {line}. Give names that differ in letters or digits.");
        Each(problems, gateways, gateway => gateway.PublicKey?.Text, gateway => gateway.Map.At("PublicKey"), "FabricDuplicateKey",
            (_, line) => $"Another gateway has this public key too (line {line}). Each has its own.", StringComparer.Ordinal);
        Each(problems, gateways, gateway => gateway.Endpoint?.TrimEnd('.'), gateway => gateway.Map.At("Endpoint"), "FabricDuplicateEndpoint",
            (endpoint, line) => $"The gateway on line {line} has the endpoint '{endpoint}' too, and both would listen at the same ports there. Give each an address of its own.");
    }

    /// <summary>Tells those that share a value with an earlier one; answers with the values.</summary>
    private static List<string> Each<T>(FileProblems problems, IEnumerable<T> all, Func<T, string?> value, Func<T, FilePlace> place, string id,
        Func<string, int, string> message, StringComparer? comparer = null)
    {
        var seen = new Dictionary<string, FilePlace>(comparer ?? StringComparer.OrdinalIgnoreCase);
        var twice = new List<string>();
        foreach (T one in all)
        {
            if (value(one) is not { } text || seen.TryAdd(text, place(one)))
                continue;
            problems.Add(place(one), id, message(text, seen[text].Line));
            twice.Add(text);
        }

        return twice;
    }
}
