namespace WgNet.Bird;

/// <summary>What <c>show symbols</c> answers.</summary>
public static class SymbolQueries
{
    /// <summary>
    /// The names of the configuration. BIRD lists every word that it ever met in a configuration among them; those that name
    /// nothing ("undefined") are left out.
    /// </summary>
    public static IEnumerable<BirdSymbol> Symbols(this BirdClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Parse(client.Run("show symbols"), client.ControlSocket, client.Unknown).Where(symbol => symbol.Kind != "undefined");
    }

    internal static IEnumerable<BirdSymbol> Parse(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown)
    {
        foreach (BirdReplyLine line in lines)
        {
            if (TryParse(line.Text, controlSocket) is { } symbol)
                yield return symbol;
            else if (!string.IsNullOrWhiteSpace(line.Text))
                unknown(line.Text);
        }
    }

    // "%-8s\t%s".
    private static BirdSymbol? TryParse(string text, string controlSocket)
    {
        int tab = text.IndexOf('\t', StringComparison.Ordinal);
        if (tab <= 0 || string.IsNullOrWhiteSpace(text[tab..]))
            return null;
        return new BirdSymbol { Name = text[..tab].TrimEnd(), Kind = text[tab..].Trim(), ControlSocket = controlSocket };
    }
}
