namespace WgNet.Fabric;

/// <summary>Gives sites and gateways their numbers, and tells where they have none or share one.</summary>
internal static class NumberRules
{
    // Free numbers are proposed from here, so that those of sites to come stay theirs.
    private const int FirstSpare = 101;

    public static void Number(SiteDraft[] sites, FileProblems problems)
    {
        NumberSites(sites, problems);
        foreach (SiteDraft site in sites)
        {
            foreach (GatewayDraft gateway in site.Gateways)
            {
                if (!gateway.Map.Has("Number") && gateway.Name is not null && site.Number is { } number)
                    gateway.Number = GatewayNumber.OfGateway(gateway.Name, number);
            }
        }

        NumberGateways(sites, problems);
    }

    private static void NumberSites(SiteDraft[] sites, FileProblems problems)
    {
        foreach (SiteDraft site in sites)
        {
            if (!site.Map.Has("Number") && site.Name is not null)
                site.Number = GatewayNumber.OfSite(site.Name, site.ASNumber);
        }

        var seen = new Dictionary<int, SiteDraft>();
        HashSet<int> used = [.. sites.Select(site => site.Number).OfType<int>()];
        foreach (SiteDraft site in sites.Where(site => site.Name is not null))
        {
            if (site.Number is { } number)
            {
                if (seen.TryAdd(number, site))
                    continue;
                site.Number = null;
                if (site.ASNumber is { } shared && shared == seen[number].ASNumber)
                {
                    problems.Add(site.Map.At("ASNumber"), "FabricDuplicateASNumber",
                        $"{shared} is the AS number of {seen[number].Name} too (line {seen[number].Map.Place.Line}). Each site has its own.");
                    continue;
                }

                problems.Add(site.Map.At(site.Map.Has("Number") ? "Number" : site.Map.Has("ASNumber") ? "ASNumber" : "Name"), "FabricDuplicateNumber",
                    $"{site.Name} has the number {number}, as {seen[number].Name} on line {seen[number].Map.Place.Line} has. Give one of them a Number of its own: {Free(used, 1, GatewayNumber.HighestSite)} is free.");
            }
            else if (!site.Map.Has("Number"))
            {
                problems.Add(site.Map.Place, "FabricNoNumber",
                    $"{site.Name} has no number: neither its name nor its ASNumber ({GatewayNumber.BaseASNumber + 1} and up) ends in one. Give a Number: {Free(used, 1, GatewayNumber.HighestSite)} is free.");
            }
        }
    }

    private static void NumberGateways(SiteDraft[] sites, FileProblems problems)
    {
        GatewayDraft[] all = [.. sites.SelectMany(site => site.Gateways)];
        HashSet<int> used = [.. all.Select(gateway => gateway.Number).OfType<int>()];
        int firstSpare = Math.Max(FirstSpare, (sites.Max(site => site.Number) ?? 0) * GatewayNumber.PerSite + 1);
        var seen = new Dictionary<int, GatewayDraft>();
        foreach (SiteDraft site in sites)
        {
            foreach (GatewayDraft gateway in site.Gateways.Where(gateway => gateway.Name is not null))
            {
                // One that its site's number would give is no problem of its own.
                if (gateway.Number is { } number)
                {
                    if (seen.TryAdd(number, gateway))
                        continue;
                    problems.Add(gateway.Map.At(gateway.Map.Has("Number") ? "Number" : "Name"), "FabricDuplicateNumber",
                        $"{gateway.Name} has the number {number}, as {seen[number].Name} on line {seen[number].Map.Place.Line} has. Give one of them a Number of its own: {Free(used, firstSpare, GatewayNumber.Highest)} is free.");
                    gateway.Number = null;
                }
                else if (!gateway.Map.Has("Number") && GatewayNumber.OfGateway(gateway.Name!, 1) is null)
                {
                    problems.Add(gateway.Map.Place, "FabricNoNumber",
                        $"{gateway.Name} has no number, since its name does not end in 1 or 2. Give a Number, which must not change while the gateway lives: {Free(used, firstSpare, GatewayNumber.Highest)} is free.");
                }
            }
        }
    }

    // A number that was proposed is taken: two who ask at once get two.
    private static int Free(HashSet<int> used, int first, int last)
    {
        int free = first;
        while (used.Contains(free) && free < last)
            free++;
        used.Add(free);
        return free;
    }
}
