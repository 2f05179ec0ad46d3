namespace WgNet.Bird;

/// <summary>What <c>show ospf</c> answers.</summary>
public static class OspfStatusQueries
{
    /// <summary>How one OSPF protocol, or each, stands; nothing when no OSPF runs.</summary>
    public static IEnumerable<BirdOspfStatus> OspfStatus(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Parse(KindReplies.Lines(client, "show ospf", "OSPF", protocol), client.ControlSocket, client.Unknown);
    }

    // "OSPF4:", "Stub router: No", "\tArea: 0.0.0.0 (0) [BACKBONE]", "\t\tNumber of neighbors:\t2", "\t\tArea networks:", "\t\t\t10.0.0.0/8\tAdvertise\tActive".
    internal static IEnumerable<BirdOspfStatus> Parse(IEnumerable<BirdReplyLine> lines, string controlSocket, Action<string> unknown)
    {
        Part? part = null;
        string protocol = "";
        foreach (BirdReplyLine line in lines)
        {
            string text = line.Text;
            if (IsName(text) && KindReplies.IsFurniture(text, ref protocol, "RFC1583"))
            {
                if (part is not null)
                    yield return part.ToStatus(controlSocket);
                part = new Part(protocol);
            }
            else if (string.IsNullOrWhiteSpace(text) || text.EndsWith(": is not up", StringComparison.Ordinal))
            {
                continue;
            }
            else if (part is null)
            {
                unknown(text);
            }
            else
            {
                part.Add(text);
            }
        }

        if (part is not null)
            yield return part.ToStatus(controlSocket);
    }

    private static bool IsName(string text) => text.Length > 1 && text[0] is not (' ' or '\t') && text.EndsWith(':') && !text.Contains(' ', StringComparison.Ordinal);

    private sealed class Part(string protocol)
    {
        private readonly DetailTable _details = new();
        private readonly List<AreaPart> _areas = [];
        private readonly List<string> _others = [];

        public void Add(string text)
        {
            string[] words = text.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
            int depth = text.Length - text.AsSpan().TrimStart('\t').Length;
            string name = Name(text, out string value);
            bool known = (depth, name) switch
            {
                (0, "RFC1583 compatibility" or "Stub router" or "RT scheduler tick" or "Number of areas" or "Number of LSAs in DB") => Put(_details, name, value),
                (1, "Area") when words.Length > 1 => Open(words[1]),
                (2, _) when _areas.Count > 0 => _areas[^1].Add(name, value),
                (3, _) when _areas.Count > 0 => _areas[^1].AddNetwork(words),
                _ => false,
            };
            if (!known)
                _others.Add(text.Trim());
        }

        public BirdOspfStatus ToStatus(string controlSocket) => new()
        {
            Protocol = protocol,
            Rfc1583Compatibility = _details["RFC1583 compatibility"] == "enabled",
            StubRouter = _details["Stub router"] == "Yes",
            SchedulerTick = Detail.Seconds(_details["RT scheduler tick"]),
            AreaCount = Detail.Number(_details["Number of areas"]),
            LsaCount = Detail.Number(_details["Number of LSAs in DB"]),
            Areas = [.. _areas.Select(area => area.ToArea())],
            OtherLines = [.. _others],
            ControlSocket = controlSocket,
        };

        // Blanks or a tab follow the colon.
        private static string Name(string text, out string value)
        {
            string trimmed = text.Trim();
            int colon = trimmed.IndexOf(':', StringComparison.Ordinal);
            value = colon < 0 ? "" : trimmed[(colon + 1)..].Trim();
            return colon < 0 ? trimmed : trimmed[..colon];
        }

        private static bool Put(DetailTable table, string name, string value)
        {
            table.Add(name, value);
            return true;
        }

        private bool Open(string id)
        {
            _areas.Add(new AreaPart(id));
            return true;
        }
    }

    private sealed class AreaPart(string id)
    {
        private readonly DetailTable _details = new();
        private readonly List<BirdOspfAreaNetwork> _networks = [];
        private readonly List<BirdOspfAreaNetwork> _externals = [];
        private List<BirdOspfAreaNetwork>? _open;

        public bool Add(string name, string value)
        {
            _open = name switch { "Area networks" => _networks, "Area external networks" => _externals, _ => null };
            if (_open is not null)
                return true;
            if (name is not ("Stub" or "NSSA" or "Transit" or "NSSA translation" or "Number of interfaces" or "Number of neighbors" or "Number of adjacent neighbors"))
                return false;
            _details.Add(name, value);
            return true;
        }

        public bool AddNetwork(string[] words)
        {
            if (_open is null || words.Length < 2 || words[1] is not ("Hidden" or "Advertise"))
                return false;
            _open.Add(new BirdOspfAreaNetwork { Prefix = words[0], Hidden = words[1] == "Hidden", Active = words.Length > 2 && words[2] == "Active" });
            return true;
        }

        public BirdOspfArea ToArea() => new()
        {
            Id = id,
            Stub = _details["Stub"] == "Yes",
            Nssa = _details["NSSA"] == "Yes",
            Transit = _details["Transit"] == "Yes",
            NssaTranslation = _details["NSSA translation"],
            Interfaces = Detail.Number(_details["Number of interfaces"]),
            Neighbors = Detail.Number(_details["Number of neighbors"]),
            AdjacentNeighbors = Detail.Number(_details["Number of adjacent neighbors"]),
            Networks = [.. _networks],
            ExternalNetworks = [.. _externals],
        };
    }
}
