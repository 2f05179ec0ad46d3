using System.Globalization;
using System.Net;
using WgNet.Netlink;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Fabric;

/// <summary>What of the fabric there is on a gateway, as it was when it was read. Reading changes nothing.</summary>
internal sealed class GatewayState
{
    /// <summary>The gateway's key; null: it is still to be made.</summary>
    public WgKey? Key { get; private init; }

    /// <summary>The preshared keys by the other gateway's name.</summary>
    public required IReadOnlyDictionary<string, WgPresharedKey> Preshared { get; init; }

    /// <summary>The namespaces that are to be made.</summary>
    public required IReadOnlyList<string> MissingNamespaces { get; init; }

    /// <summary>The settings of the plan as they are; null: not there. Empty while the private namespace is not there.</summary>
    public IReadOnlyDictionary<string, string?> Sysctls { get; private set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The fabric's tunnels by interface name: those of the gateway's key that are called as the fabric calls them.</summary>
    public IReadOnlyDictionary<string, TunnelState> Tunnels { get; private set; } = new Dictionary<string, TunnelState>(StringComparer.Ordinal);

    /// <summary>What a run that was killed left behind: tunnels of the gateway's key that never got to their place.</summary>
    public IReadOnlyList<string> Leftovers { get; private set; } = [];

    /// <summary>The addresses of endpoints that are host names, by tunnel; a name that cannot be looked up is not among them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IPAddress>> Resolved { get; private set; } = new Dictionary<string, IReadOnlyList<IPAddress>>(StringComparer.Ordinal);

    /// <summary>The public namespace; null while it is not there.</summary>
    public NamespaceIdentity? Transport { get; private set; }

    public required BirdState Bird { get; init; }

    /// <summary>What the user should know.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>
    /// Reads a gateway. What can never work is told here, before anything is touched: faults "FabricKeysMissing", "FabricKeyMismatch",
    /// "FabricKeyLost", "FabricPresharedKeysMissing", "FabricForeignLink", "BirdConfigNotOurs", "BirdNotOurs", and those of reading.
    /// </summary>
    public static GatewayState Read(GatewayPlan plan, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        GatewayKeys.RequirePeers(plan);
        GatewayPlace place = plan.Place;
        var state = new GatewayState
        {
            Key = GatewayKeys.Read(plan),
            Preshared = GatewayKeys.ReadPreshared(plan),
            MissingNamespaces = [.. new[] { place.PublicNamespace, place.PrivateNamespace }.Distinct(StringComparer.Ordinal).Where(name => !IsThere(name))],
            Bird = BirdState.Read(plan, cancel),
        };
        if (plan.Gateway.PublicKey is null && state.Key is not null)
            state.Warnings.Add($"The fabric has no PublicKey of {plan.Gateway}: the other gateways need it. It is {state.Key.PublicKey}.");
        if (state.Bird.ProcessId is null && place.HasServiceManager && state.Bird.Supervisor.Unit is null)
            state.Warnings.Add("This machine has no systemd: BIRD is started as it is, and nothing starts it again when it ends. Invoke-WgFabric does.");
        if (!state.MissingNamespaces.Contains(place.PublicNamespace, StringComparer.Ordinal))
            state.ReadPublic(plan, cancel);
        if (!state.MissingNamespaces.Contains(place.PrivateNamespace, StringComparer.Ordinal))
            state.ReadPrivate(plan, cancel);
        return state;
    }

    // A path or a process cannot be made: opening it tells what is wrong.
    private static bool IsThere(string name)
    {
        if (name.Length > 0 && !name.Contains('/') && !name.StartsWith("pid:", StringComparison.OrdinalIgnoreCase))
            return NetNamespaces.Exists(name);
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(name);
        return true;
    }

    private void ReadPublic(GatewayPlan plan, CancellationToken cancel)
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(plan.Place.PublicNamespace);
        Transport = ns.Identity;
        var resolved = new Dictionary<string, IReadOnlyList<IPAddress>>(StringComparer.Ordinal);
        foreach (WgFabricTunnel tunnel in plan.Tunnels.Where(tunnel => tunnel.Endpoint is { Address: null }))
        {
            try
            {
                resolved[tunnel.Name] = EndpointResolver.ResolveAll(tunnel.Endpoint!, ns, cancel);
            }
            catch (FaultException fault) when (fault.Id == "EndpointNotResolved")
            {
                Warnings.Add($"{fault.Message} The endpoint of {tunnel.Name} is left as it is.");
            }
        }

        Resolved = resolved;
        if (Key is null)
            return;

        // A wireguard-go of ours keeps its start name until it is moved to its place.
        using RouteSession session = RouteSession.Open(ns);
        Leftovers = [.. LocatedTunnel.All(session, name => name.StartsWith(WireGuard.Userspace.WireGuardGo.NamePrefix, StringComparison.Ordinal), _ => { }, cancel)
            .Where(located => IsOwn(ns, located)).Select(located => located.Link.Name)];
    }

    private void ReadPrivate(GatewayPlan plan, CancellationToken cancel)
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(plan.Place.PrivateNamespace);
        using RouteSession session = RouteSession.Open(ns);
        Sysctls = ns.Run(() => plan.Sysctls.Keys.ToDictionary(name => name, name => ReadSysctl(ns, name), StringComparer.Ordinal));
        ILookup<int, NetLinkAddress> addresses = Addresses.List(session, cancel: cancel).ToLookup(address => address.InterfaceIndex);
        var tunnels = new Dictionary<string, TunnelState>(StringComparer.Ordinal);
        FaultException? unreadable = null;
        foreach (LocatedTunnel located in LocatedTunnel.All(session, name => IsTunnelName(plan.Fabric, name), fault => unreadable = fault, cancel))
        {
            using IWgDevice channel = TunnelReader.Device(ns, located);
            WgDevice device = channel.Read(cancel);
            if (Key is not null && Key.PublicKey.Equals(device.PublicKey))
                tunnels[located.Link.Name] = new TunnelState(located, device, [.. addresses[located.Link.Index]], TransportOf(ns, located));
        }

        if (unreadable is not null)
            throw unreadable;
        Tunnels = tunnels;
        HashSet<string> needed = [.. plan.Tunnels.Select(tunnel => tunnel.Name)];
        string[] foreign = [.. Links.List(session, cancel).Select(link => link.Name).Where(name => needed.Contains(name) && !tunnels.ContainsKey(name))];
        if (foreign.Length > 0)
        {
            throw new FaultException("FabricForeignLink", FaultKind.Exists,
                $"The fabric needs the name of {(foreign.Length == 1 ? "a link" : "links")} in namespace '{ns.Name}' that {(foreign.Length == 1 ? "is" : "are")} not its own: "
                + $"{string.Join(", ", foreign)}. Its own have the key '{plan.Place.PrivateKeyPath}'. Remove or rename what is there, or give the fabric another InterfacePrefix.", foreign[0]);
        }
    }

    private bool IsOwn(NetNamespaceHandle ns, LocatedTunnel located)
    {
        try
        {
            using IWgDevice channel = TunnelReader.Device(ns, located);
            return Key!.PublicKey.Equals(channel.Read().PublicKey);
        }
        catch (FaultException)
        {
            // Somebody else's, which just goes away or does not answer.
            return false;
        }
    }

    private static bool IsTunnelName(WgFabric fabric, string name) => name.StartsWith(fabric.InterfacePrefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(fabric.InterfacePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number > 0 && name[fabric.InterfacePrefix.Length] != '0';

    private static string? ReadSysctl(NetNamespaceHandle ns, string name)
    {
        try
        {
            return Netlink.Sysctls.Read(ns, name).Value;
        }
        catch (FaultException fault) when (fault.Id == "SysctlNotFound")
        {
            return null;
        }
    }

    private static NamespaceIdentity? TransportOf(NetNamespaceHandle ns, LocatedTunnel located)
    {
        if (located.Userspace is { } userspace)
            return userspace.Transport;
        if (TransportRecord.Parse(located.Link.Alias)?.Locate(ns) is not { } name)
            return null;
        using NetNamespaceHandle transport = NetNamespaceHandle.Open(name);
        return transport.Identity;
    }
}
