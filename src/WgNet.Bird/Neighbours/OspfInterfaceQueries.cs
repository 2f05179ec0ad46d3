using System.Text.RegularExpressions;

namespace WgNet.Bird;

/// <summary>What <c>show ospf interface</c> answers.</summary>
public static partial class OspfInterfaceQueries
{
    private static readonly HashSet<string> s_known =
    [
        "Type", "Area", "Transit area", "Peer IP", "State", "Priority", "Cost", "ECMP weight", "Hello timer", "Poll timer", "Wait timer", "Dead timer", "Retransmit timer",
        "Designated router (ID)", "Designated router (IP)", "Backup designated router (ID)", "Backup designated router (IP)",
    ];

    /// <summary>The interfaces of one OSPF protocol, or of all; nothing when no OSPF runs.</summary>
    public static IEnumerable<BirdOspfInterface> OspfInterfaces(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Parse(KindReplies.Lines(client, "show ospf interface", "OSPF", protocol), client.ControlSocket, client.Unknown);
    }

    // "Interface eth0 (10.9.0.0/24)" or "Virtual link vlink0 to 10.9.0.2", then "\tCost: 10".
    internal static IEnumerable<BirdOspfInterface> Parse(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown)
    {
        string protocol = "";
        Part? part = null;
        foreach (BirdReplyLine line in lines)
        {
            if (part is not null && line.Text.StartsWith('\t'))
            {
                part.Add(line.Text);
                continue;
            }

            // Before the next protocol's name is taken.
            if (part is not null)
                yield return part.ToInterface(controlSocket);
            Match head = Head().Match(line.Text);
            part = head.Success ? new Part(protocol, head) : null;
            if (part is null && !KindReplies.IsFurniture(line.Text, ref protocol, "Interface is"))
                unknown(line.Text);
        }

        if (part is not null)
            yield return part.ToInterface(controlSocket);
    }

    [GeneratedRegex(@"^Interface (?<name>\S+) \((IID (?<iid>\d+)|peer (?<peer>\S+)|(?<prefix>\S+))\)$|^Virtual link (?<name>\S+) to (?<router>\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Head();

    private sealed class Part(string protocol, Match head)
    {
        private readonly DetailTable _details = new();
        private readonly List<string> _others = [];

        public void Add(string text)
        {
            if (Detail.TrySplit(text, out string name, out string value) && s_known.Contains(name))
                _details.Add(name, value);
            else if (text.Trim().Length > 0)
                _others.Add(text.Trim());
        }

        public BirdOspfInterface ToInterface(string controlSocket)
        {
            (string? type, string? option) = Qualified("Type");
            (string? state, string? stub) = Qualified("State");
            string? router = Group("router");
            return new BirdOspfInterface
            {
                Protocol = protocol,
                Name = head.Groups["name"].Value,
                Type = type ?? (router is null ? "" : "virtual"),
                TypeOption = option,
                Area = Qualified("Area").Value ?? Qualified("Transit area").Value,
                Prefix = Group("prefix"),
                Peer = Group("peer") ?? Given("Peer IP"),
                PeerRouterId = router,
                InstanceId = Detail.Number(Group("iid")),
                State = state,
                Stub = stub == "stub",
                Priority = Detail.Number(_details["Priority"]),
                Cost = Detail.Number(_details["Cost"]),
                EcmpWeight = Detail.Number(_details["ECMP weight"]),
                HelloInterval = Detail.Seconds(_details["Hello timer"]),
                PollInterval = Detail.Seconds(_details["Poll timer"]),
                WaitInterval = Detail.Seconds(_details["Wait timer"]),
                DeadInterval = Detail.Seconds(_details["Dead timer"]),
                RetransmitInterval = Detail.Seconds(_details["Retransmit timer"]),
                DesignatedRouter = Given("Designated router (ID)"),
                DesignatedRouterAddress = Given("Designated router (IP)"),
                BackupDesignatedRouter = Given("Backup designated router (ID)"),
                BackupDesignatedRouterAddress = Given("Backup designated router (IP)"),
                OtherLines = [.. _others],
                ControlSocket = controlSocket,
            };
        }

        private string? Group(string name) => Detail.NotEmpty(head.Groups[name].Value);

        // "Waiting (stub)", "0.0.0.0 (0)".
        private (string? Value, string? Option) Qualified(string name)
        {
            if (_details[name] is not { } text)
                return (null, null);
            int blank = text.IndexOf(" (", StringComparison.Ordinal);
            return blank > 0 && text.EndsWith(')') ? (text[..blank], text[(blank + 2)..^1]) : (text, null);
        }

        private string? Given(string name) => _details[name] is "0.0.0.0" or "::" ? null : _details[name];
    }
}
