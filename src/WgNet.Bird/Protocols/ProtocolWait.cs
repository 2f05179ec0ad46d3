namespace WgNet.Bird;

/// <summary>
/// Protocols of one daemon that are to reach a state. The caller decides when to look again; a daemon that goes away between
/// two looks is looked for again, since it may be restarting.
/// </summary>
public sealed class ProtocolWait
{
    private readonly BirdClient _client;
    private readonly string[] _states;
    private readonly Dictionary<string, BirdProtocol?> _pending;
    private bool _seen;

    public ProtocolWait(BirdClient client, IEnumerable<string> names, IEnumerable<string> states)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(names);
        _client = client;
        _states = [.. states];
        _pending = names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => (BirdProtocol?)null, StringComparer.Ordinal);
    }

    /// <summary>The protocols that have not reached the state yet.</summary>
    public IReadOnlyCollection<string> Pending => _pending.Keys;

    /// <summary>Why the last look failed; null when it did not.</summary>
    public FaultException? LastFault { get; private set; }

    /// <summary>Looks once; gives the protocols that have reached the state since the last look.</summary>
    /// <exception cref="FaultException">The first look failed.</exception>
    public IReadOnlyList<BirdProtocol> Look()
    {
        if (_pending.Count == 0)
            return [];
        try
        {
            var reached = new List<BirdProtocol>();
            string? only = _pending.Count == 1 && ProtocolQueries.CanAskByName(_pending.Keys.First()) ? _pending.Keys.First() : null;
            foreach (BirdProtocol protocol in _client.Protocols(only).Where(protocol => _pending.ContainsKey(protocol.Name)))
            {
                _pending[protocol.Name] = protocol;
                if (IsReached(protocol))
                    reached.Add(protocol);
            }

            foreach (BirdProtocol protocol in reached)
                _pending.Remove(protocol.Name);
            (_seen, LastFault) = (true, null);
            return reached;
        }
        catch (FaultException fault) when (_seen)
        {
            LastFault = fault;
            return [];
        }
    }

    /// <summary>What became of a protocol that has not reached the state: "Idle (BGP Error: Hold timer expired)".</summary>
    public string Describe(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (LastFault is not null)
            return $"unknown: {LastFault.Message}";
        if (!_pending.TryGetValue(name, out BirdProtocol? protocol) || protocol is null)
            return "unknown: BIRD does not list it";
        return protocol.Info.Length == 0 ? protocol.State : $"{protocol.State} ({protocol.Info})";
    }

    private bool IsReached(BirdProtocol protocol) => _states.Any(state =>
        state.Equals(protocol.State, StringComparison.OrdinalIgnoreCase) || state.Equals(protocol.SessionState, StringComparison.OrdinalIgnoreCase));
}
