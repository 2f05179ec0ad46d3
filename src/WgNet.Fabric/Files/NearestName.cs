namespace WgNet.Fabric;

/// <summary>Finds what somebody who mistyped a name has meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the names, if it is near enough; else null. Case does not count.</summary>
    public static string? Of(string typed, IEnumerable<string> names)
    {
        string? nearest = null;
        int least = Math.Max(1, typed.Length / 3) + 1;
        foreach (string name in names)
        {
            int distance = Distance(typed.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < least)
                (nearest, least) = (name, distance);
        }

        return nearest;
    }

    /// <summary>" Did you mean 'X'?", or nothing.</summary>
    public static string Question(string typed, IEnumerable<string> names) => Of(typed, names) is { } name ? $" Did you mean '{name}'?" : "";

    // Insertions, deletions, replacements, and neighbours that changed places.
    private static int Distance(string one, string other)
    {
        int[,] cost = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= other.Length; j++)
            cost[0, j] = j;
        for (int i = 1; i <= one.Length; i++)
        {
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = cost[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[one.Length, other.Length];
    }
}
