using System.Text;

namespace WgNet.UnitTests.Bird;

/// <summary>A recorded conversation with a control socket: lines that begin with "> " were sent, all others came back.</summary>
internal sealed class Transcript
{
    private Transcript(string greeting, IReadOnlyList<(string Command, string Reply)> exchanges) => (Greeting, Exchanges) = (greeting, exchanges);

    public string Greeting { get; }

    public IReadOnlyList<(string Command, string Reply)> Exchanges { get; }

    public static string[] Names => Fixture.Names("bird", "*.sock");

    public static Transcript Load(string name)
    {
        string text = Fixture.Text($"bird/{name}");
        string? command = null;
        string greeting = "";
        var reply = new StringBuilder();
        var exchanges = new List<(string, string)>();
        foreach (string line in text.Split('\n')[..^1])
        {
            if (!line.StartsWith("> ", StringComparison.Ordinal))
            {
                reply.Append(line).Append('\n');
                continue;
            }

            End();
            command = line[2..];
        }

        End();
        return new Transcript(greeting, exchanges);

        void End()
        {
            if (command is null)
                greeting = reply.ToString();
            else if (!reply.ToString().Contains("!! TIMEOUT", StringComparison.Ordinal))
                exchanges.Add((command, reply.ToString()));
            reply.Clear();
        }
    }

    /// <summary>The recorded reply to a command; the first one, where it was asked several times.</summary>
    public string? Reply(string command) => Exchanges.Where(exchange => exchange.Command == command).Select(exchange => exchange.Reply).FirstOrDefault();
}
