using System.Net;
using System.Runtime.InteropServices;

namespace WgNet.WireGuard;

/// <summary>Turns a configuration into the change that applies it to a device.</summary>
/// <param name="current">The device as it is; to replace it all, it is not looked at.</param>
/// <param name="resolve">Looks an endpoint up.</param>
/// <param name="now">The time by which a session is judged alive.</param>
internal sealed class ConfigChange(WgDevice current, Func<WgEndpoint, IPEndPoint> resolve, DateTimeOffset now)
{
    /// <summary>After this a session is dead unless renewed (REJECT_AFTER_TIME, section 6.1 of the WireGuard paper).</summary>
    private static readonly TimeSpan s_sessionLife = TimeSpan.FromSeconds(180);

    /// <summary>Makes the change. Faults of keys and of endpoints come from here, before anything is touched.</summary>
    public WgDeviceChange Make(WgConfig config, WgConfigMode mode) => mode switch
    {
        WgConfigMode.Add => Add(config),
        WgConfigMode.Replace => Replace(config),
        _ => Sync(config),
    };

    private WgDeviceChange Add(WgConfig config) => new()
    {
        PrivateKey = config.PrivateKey,
        ListenPort = config.ListenPort,
        FirewallMark = config.FirewallMark,
        Peers = Sections(current.Peers, config, steps: true),
    };

    // Whatever its peers had is gone by the first message.
    private WgDeviceChange Replace(WgConfig config) => new()
    {
        PrivateKey = config.PrivateKey ?? WgPrivateKey.None(),
        ListenPort = config.ListenPort ?? 0,
        FirewallMark = config.FirewallMark ?? 0,
        ReplacePeers = true,
        Peers = Sections([], config, steps: false),
    };

    // One after the other, as they stand: a device takes them in as they are meant. What a peer has by then is asked only to take away from it.
    private WgPeerChange[] Sections(WgPeerState[] before, WgConfig config, bool steps)
    {
        PeerPlans? plans = Array.Exists(config.Peers, section => section.RemovedAllowedIPs.Length > 0) ? new PeerPlans(before, config.Peers) : null;
        return Array.ConvertAll(config.Peers, section => Section(section, plans?.Add(section), steps));
    }

    /// <remarks>To take a prefix away, all others are given anew, for the back ends in which no single one can go.</remarks>
    private WgPeerChange Section(WgConfigPeer section, PeerPlan? plan, bool steps)
    {
        bool takes = section.RemovedAllowedIPs.Length > 0;
        return new WgPeerChange
        {
            PublicKey = section.PublicKey,
            PresharedKey = section.PresharedKey,
            Endpoint = section.Endpoint is null ? null : resolve(section.Endpoint),
            PersistentKeepalive = section.PersistentKeepalive,
            ReplaceAllowedIPs = takes || !section.KeepsAllowedIPs,
            AllowedIPs = takes ? [.. plan!.AllowedIPs] : section.AllowedIPs,
            Steps = steps && takes && section.KeepsAllowedIPs ? new AllowedIPSteps(section.RemovedAllowedIPs, section.AllowedIPs) : null,
        };
    }

    // Values that the text does not name stay: to lose a key or a port by silence would end every session. Lists are whole.
    private WgDeviceChange Sync(WgConfig config)
    {
        var plans = new PeerPlans(current.Peers, config.Peers);
        foreach (WgConfigPeer section in config.Peers)
            plans.Add(section);
        return new WgDeviceChange
        {
            PrivateKey = config.PrivateKey is { } key && !(current.PrivateKey is null ? key.IsZero : current.PrivateKey.Equals(key)) ? key : null,
            ListenPort = config.ListenPort == current.ListenPort ? null : config.ListenPort,
            FirewallMark = config.FirewallMark == current.FirewallMark ? null : config.FirewallMark,
            Peers =
            [
                .. plans.Named.Select(Difference).OfType<WgPeerChange>(),
                .. plans.Unnamed.Select(plan => new WgPeerChange { PublicKey = plan.PublicKey, Remove = true }),
            ],
        };
    }

    // Most peers are as they should be, and cost no object then.
    private WgPeerChange? Difference(PeerPlan plan)
    {
        WgPeerState? state = plan.State;
        WgPresharedKey? secret = plan.PresharedKey is { } wanted && !(state?.PresharedKey is { } had ? had.Equals(wanted) : wanted.IsZero) ? wanted : null;
        IPEndPoint? endpoint = Moved(plan, state);
        ushort? interval = plan.PersistentKeepalive == (state?.PersistentKeepalive ?? 0) ? null : plan.PersistentKeepalive;
        (AllowedIPSteps? steps, AllowedIP[] given) = Prefixes(state?.AllowedIPs ?? [], plan.AllowedIPs);
        if (state is not null && secret is null && endpoint is null && interval is null && steps is null && given.Length == 0)
            return null;
        return new WgPeerChange
        {
            PublicKey = plan.PublicKey,
            PresharedKey = secret,
            Endpoint = endpoint,
            PersistentKeepalive = interval,
            ReplaceAllowedIPs = steps is not null,
            AllowedIPs = given,
            Steps = steps,
        };
    }

    /// <summary>What turns one list of prefixes into another: additions where they do, else all anew.</summary>
    private static (AllowedIPSteps? Steps, AllowedIP[] Given) Prefixes(AllowedIP[] had, List<AllowedIP> wanted)
    {
        if (CollectionsMarshal.AsSpan(wanted).SequenceEqual(had))
            return (null, []);
        HashSet<AllowedIP> known = [.. had];
        AllowedIP[] added = [.. wanted.Where(allowed => !known.Contains(allowed))];
        known.ExceptWith(wanted);
        return known.Count == 0 ? (null, added) : (new AllowedIPSteps([.. had.Where(known.Contains)], added), [.. wanted]);
    }

    /// <summary>The endpoint to set: none while the peer is alive where it is, be it that it has roamed.</summary>
    private IPEndPoint? Moved(PeerPlan plan, WgPeerState? state)
    {
        bool alive = state is { Endpoint: not null, LatestHandshake: { } handshake } && now - handshake < s_sessionLife;
        if (alive || Resolve(plan) is not { } endpoint || endpoint.Equals(state?.Endpoint))
            return null;
        return endpoint;
    }

    private IPEndPoint? Resolve(PeerPlan plan) => plan.Endpoint is null ? null : resolve(plan.Endpoint);
}
