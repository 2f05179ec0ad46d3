namespace WgNet.Bird;

/// <summary>What the tables that BIRD shows for the protocols of one kind (OSPF, BFD, Babel, RIP) have in common.</summary>
internal static class KindReplies
{
    /// <summary>
    /// The reply about one protocol, or about all of a kind; nothing when none runs. Where there are several BIRD refuses to
    /// choose (2.0 by command): then each is asked by its name.
    /// </summary>
    public static List<BirdReplyLine> Lines(BirdClient client, string command, string kind, string? protocol)
    {
        try
        {
            return [.. client.Run(protocol is null ? command : $"{command} {BirdSyntax.Symbol(protocol)}")];
        }
        catch (BirdException refused) when (refused.Code >= 9000 && protocol is null && refused.Reply.StartsWith("There is no ", StringComparison.Ordinal))
        {
            return [];
        }
        catch (BirdException refused) when (refused.Code >= 9000 && protocol is null && refused.Reply.StartsWith("There are multiple ", StringComparison.Ordinal))
        {
            return [.. Names(client, kind).SelectMany(name => client.Run($"{command} {BirdSyntax.Symbol(name)}"))];
        }
        catch (BirdException refused) when (refused.Code >= 9000 && protocol is not null && !client.Protocols().Any(one => one.Name == protocol && one.Protocol == kind))
        {
            throw new FaultException("BirdProtocolNotFound", FaultKind.NotFound,
                $"BIRD at '{client.ControlSocket}' has no {kind} protocol '{protocol}'. Get-BirdProtocol lists what there is.", protocol);
        }
    }

    /// <summary>The protocols of a kind that are not down.</summary>
    public static string[] Names(BirdClient client, string kind) =>
        [.. client.Protocols().Where(one => one.Protocol == kind && one.State != "down").Select(one => one.Name)];

    /// <summary>Reads rows of words: a row that <paramref name="parse"/> does not know (null) is told of as unknown, furniture is passed over.</summary>
    /// <param name="lines">The reply.</param>
    /// <param name="heading">How the line above the columns begins.</param>
    /// <param name="parse">Makes an object of a row's words and the protocol that it belongs to.</param>
    /// <param name="unknown">Told of each line that is neither.</param>
    public static IEnumerable<T> Rows<T>(IEnumerable<BirdReplyLine> lines, string heading, Func<string[], string, T?> parse, Action<string> unknown)
        where T : class
    {
        string protocol = "";
        foreach (BirdReplyLine line in lines)
        {
            if (IsFurniture(line.Text, ref protocol, heading))
                continue;
            if (parse(line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries), protocol) is { } row)
                yield return row;
            else
                unknown(line.Text);
        }
    }

    /// <summary>"PRIVATE:" opens a protocol's rows; headings, empty lines and "PRIVATE: is not up" say nothing.</summary>
    public static bool IsFurniture(string text, ref string protocol, string heading)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0 || trimmed.StartsWith(heading, StringComparison.Ordinal) || trimmed.EndsWith(": is not up", StringComparison.Ordinal))
            return true;
        if (!trimmed.EndsWith(':') || trimmed.Contains(' ', StringComparison.Ordinal))
            return false;
        protocol = trimmed[..^1];
        return true;
    }
}
