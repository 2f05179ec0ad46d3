namespace WgNet.Bird;

/// <summary>What <c>show interfaces</c> answers.</summary>
public static class InterfaceQueries
{
    /// <summary>The interfaces that the daemon knows, in the order of their indices.</summary>
    public static IEnumerable<BirdInterface> Interfaces(this BirdClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Parse(client.Run("show interfaces"), client.ControlSocket, client.Unknown);
    }

    internal static IEnumerable<BirdInterface> Parse(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown)
    {
        InterfaceLines? current = null;
        foreach (BirdReplyLine line in lines)
        {
            if (line.Code == ReplyCode.Interface && InterfaceLines.TryBegin(line.Text) is { } next)
            {
                if (current is not null)
                    yield return current.ToInterface(controlSocket);
                current = next;
            }
            else if (current is null)
            {
                unknown(line.Text);
            }
            else
            {
                current.Add(line);
            }
        }

        if (current is not null)
            yield return current.ToInterface(controlSocket);
    }
}
