using System.Runtime.InteropServices;

namespace WgNet.WireGuard;

/// <summary>What a peer is to be once a configuration is applied; null where the configuration does not say.</summary>
/// <param name="key">Its key.</param>
/// <param name="state">What the device says of it; null where it has no such peer.</param>
internal sealed class PeerPlan(WgPublicKey key, WgPeerState? state)
{
    public WgPublicKey PublicKey { get; } = key;

    public WgPeerState? State { get; } = state;

    /// <summary>Whether a section names it.</summary>
    public bool IsNamed { get; set; }

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
    private readonly Dictionary<WgPublicKey, PeerPlan> _plans;
    private readonly Dictionary<AllowedIP, PeerPlan> _owners;
    private readonly List<PeerPlan> _named;

    /// <param name="before">The peers that the device has.</param>
    /// <param name="sections">What <see cref="Add"/> will be given.</param>
    public PeerPlans(WgPeerState[] before, WgConfigPeer[] sections)
    {
        _plans = new(Math.Max(before.Length, sections.Length));
        _owners = new(sections.Sum(section => section.AllowedIPs.Length));
        _named = new(sections.Length);

        // Else whoever is named begins with none, and what the others have does not matter.
        bool keeps = Array.Exists(sections, section => section.KeepsAllowedIPs);
        foreach (WgPeerState state in before)
        {
            PeerPlan plan = _plans[state.PublicKey] = new PeerPlan(state.PublicKey, state);
            foreach (AllowedIP allowed in keeps ? state.AllowedIPs : [])
                Give(plan, allowed);
        }
    }

    /// <summary>The peers that sections named, in the order of their first.</summary>
    public IReadOnlyList<PeerPlan> Named => _named;

    /// <summary>The others.</summary>
    public IEnumerable<PeerPlan> Unnamed => _plans.Values.Where(plan => !plan.IsNamed);

    /// <summary>Takes a section in; returns what its peer is to be by now.</summary>
    public PeerPlan Add(WgConfigPeer section)
    {
        ref PeerPlan? plan = ref CollectionsMarshal.GetValueRefOrAddDefault(_plans, section.PublicKey, out _);
        plan ??= new PeerPlan(section.PublicKey, null);
        if (!plan.IsNamed)
            _named.Add(plan);
        plan.IsNamed = true;
        if (!section.KeepsAllowedIPs)
        {
            foreach (AllowedIP allowed in plan.AllowedIPs)
                _owners.Remove(allowed);
            plan.AllowedIPs.Clear();
        }

        plan.AllowedIPs.EnsureCapacity(section.AllowedIPs.Length);
        foreach (AllowedIP allowed in section.AllowedIPs)
            Give(plan, allowed);
        foreach (AllowedIP allowed in section.RemovedAllowedIPs)
        {
            if (plan.AllowedIPs.Remove(allowed))
                _owners.Remove(allowed);
        }

        plan.PresharedKey = section.PresharedKey ?? plan.PresharedKey;
        plan.Endpoint = section.Endpoint ?? plan.Endpoint;
        plan.PersistentKeepalive = section.PersistentKeepalive ?? plan.PersistentKeepalive;
        return plan;
    }

    private void Give(PeerPlan plan, AllowedIP allowed)
    {
        ref PeerPlan? owner = ref CollectionsMarshal.GetValueRefOrAddDefault(_owners, allowed, out _);
        if (owner == plan)
            return;
        owner?.AllowedIPs.Remove(allowed);
        owner = plan;
        plan.AllowedIPs.Add(allowed);
    }
}
