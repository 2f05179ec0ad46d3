namespace WgNet.WireGuard;

/// <summary>What a peer is to be once a configuration is applied; null where the configuration does not say.</summary>
internal sealed class PeerPlan(WgPublicKey key)
{
    public WgPublicKey PublicKey { get; } = key;

    public WgPresharedKey? PresharedKey { get; set; }

    public WgEndpoint? Endpoint { get; set; }

    public ushort? PersistentKeepalive { get; set; }

    public List<AllowedIP> AllowedIPs { get; } = [];
}

/// <summary>
/// Goes through the [Peer] sections as a device would: a peer named twice is one peer, and a prefix belongs to the last that asks for it.
/// </summary>
internal sealed class PeerPlans
{
    private readonly Dictionary<WgPublicKey, PeerPlan> _plans = [];
    private readonly Dictionary<AllowedIP, PeerPlan> _owners = [];
    private readonly OrderedDictionary<WgPublicKey, PeerPlan> _named = [];

    /// <param name="before">The peers that the device has.</param>
    public PeerPlans(IEnumerable<WgPeerState> before)
    {
        foreach (WgPeerState state in before)
        {
            PeerPlan plan = _plans[state.PublicKey] = new PeerPlan(state.PublicKey);
            foreach (AllowedIP allowed in state.AllowedIPs)
                Give(plan, allowed);
        }
    }

    /// <summary>The peers that sections named, in the order of their first.</summary>
    public IReadOnlyCollection<PeerPlan> Named => _named.Values;

    /// <summary>Takes a section in; returns what its peer is to be by now.</summary>
    public PeerPlan Add(WgConfigPeer section)
    {
        if (!_plans.TryGetValue(section.PublicKey, out PeerPlan? plan))
            _plans[section.PublicKey] = plan = new PeerPlan(section.PublicKey);
        _named.TryAdd(section.PublicKey, plan);
        if (!section.KeepsAllowedIPs)
        {
            plan.AllowedIPs.ForEach(allowed => _owners.Remove(allowed));
            plan.AllowedIPs.Clear();
        }

        foreach (AllowedIP allowed in section.AllowedIPs)
            Give(plan, allowed);
        foreach (AllowedIP allowed in section.RemovedAllowedIPs.Where(allowed => _owners.GetValueOrDefault(allowed) == plan))
        {
            _owners.Remove(allowed);
            plan.AllowedIPs.Remove(allowed);
        }

        plan.PresharedKey = section.PresharedKey ?? plan.PresharedKey;
        plan.Endpoint = section.Endpoint ?? plan.Endpoint;
        plan.PersistentKeepalive = section.PersistentKeepalive ?? plan.PersistentKeepalive;
        return plan;
    }

    private void Give(PeerPlan plan, AllowedIP allowed)
    {
        if (_owners.TryGetValue(allowed, out PeerPlan? owner))
        {
            if (owner == plan)
                return;
            owner.AllowedIPs.Remove(allowed);
        }

        _owners[allowed] = plan;
        plan.AllowedIPs.Add(allowed);
    }
}
