using System.Globalization;
using System.Net;
using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>
/// The networks inside the sites of a lab: one between a site's gateways, one between them and the router. As in the article they are
/// 192.168.(100+a).0/24 and 192.168.a.0/24 for site a, as long as that is below 100 and the fabric does not use them itself. What a site got
/// is recorded, so that a site that comes or goes moves no other.
/// </summary>
internal sealed class SiteNetworks
{
    private const int PrefixLength = 24;

    // Behind the article's: 198.18.0.0/15 is for test networks (RFC 2544), the others are private (RFC 1918).
    private static readonly (byte One, byte Two, byte Three, byte Four)[] s_others = [(198, 18, 198, 19), (172, 30, 172, 31), (10, 254, 10, 255)];

    private readonly Dictionary<string, (IPNetwork Gateways, IPNetwork Router)> _networks = new(StringComparer.Ordinal);

    /// <summary>Chooses networks for all sites.</summary>
    /// <param name="fabric">The fabric.</param>
    /// <param name="recorded">What sites got before, by name: two networks.</param>
    public SiteNetworks(WgFabric fabric, IReadOnlyDictionary<string, string[]> recorded)
    {
        AddressRange[] used = [.. Used(fabric)];
        var taken = new HashSet<IPNetwork>();
        foreach (WgFabricSite site in fabric.Sites)
        {
            if (recorded.TryGetValue(site.Name, out string[]? known) && known is [var one, var two])
                Take(site, (IPNetwork.Parse(one), IPNetwork.Parse(two)));
        }

        foreach (WgFabricSite site in fabric.Sites.Where(site => !_networks.ContainsKey(site.Name)))
        {
            (IPNetwork, IPNetwork)? free = Candidates(site.Number).Cast<(IPNetwork Gateways, IPNetwork Router)?>()
                .FirstOrDefault(pair => Free(pair!.Value.Gateways) && Free(pair.Value.Router));
            Take(site, free ?? throw new FaultException("LabNetworksExhausted", FaultKind.InvalidArgument,
                $"There is no network left for the inside of the site '{site.Name}' in a lab: the fabric uses all of those that a lab has.", site.Name));
        }

        void Take(WgFabricSite site, (IPNetwork Gateways, IPNetwork Router) pair)
        {
            _networks[site.Name] = pair;
            taken.Add(pair.Gateways);
            taken.Add(pair.Router);
        }

        bool Free(IPNetwork network)
        {
            AddressRange range = AddressRange.Parse(network.ToString());
            return !taken.Contains(network) && !Array.Exists(used, range.Overlaps);
        }
    }

    /// <summary>What to record, by the sites' names.</summary>
    public IReadOnlyDictionary<string, string[]> Recorded => _networks.ToDictionary(entry => entry.Key, entry => (string[])[entry.Value.Gateways.ToString(), entry.Value.Router.ToString()]);

    /// <summary>A gateway's addresses on the network to the other gateways of its site.</summary>
    public AddressSpec[] OfGatewayToGateways(WgFabricSite site, WgFabricGateway gateway) => [Host(_networks[site.Name].Gateways, HostOf(site, gateway, []))];

    /// <summary>A gateway's addresses on the network to its site's router: in the networks of the router's addresses.</summary>
    public AddressSpec[] OfGatewayToRouter(WgFabric fabric, WgFabricSite site, WgFabricGateway gateway)
    {
        AddressSpec[] routers = OfRouter(fabric, site);
        int host = HostOf(site, gateway, routers);
        return [.. routers.Select(NetworkOf).Distinct().Select(network => Host(network, host))];
    }

    /// <summary>The router's addresses on that network: those that the file gives for static routing, else the first one of the lab's own.</summary>
    public AddressSpec[] OfRouter(WgFabric fabric, WgFabricSite site) => fabric.Routing.Inside == WgFabricInside.Static && site.Routers.Length > 0
        ? [.. site.Routers.Select(router => IPAddress.Parse(router)).Select(address => new AddressSpec(address, address.AddressFamily == AddressFamily.InterNetwork ? PrefixLength : 64))]
        : [Host(_networks[site.Name].Router, 1)];

    /// <summary>The article's gateways are .11 and .12; others follow by their number, past what is taken.</summary>
    private static int HostOf(WgFabricSite site, WgFabricGateway gateway, AddressSpec[] routers)
    {
        var taken = routers.Select(router => (int)router.Address.GetAddressBytes()[^1]).ToHashSet();
        foreach (WgFabricGateway one in site.Gateways.OrderBy(one => one.Number))
        {
            int which = one.Number - ((site.Number - 1) * 2);
            int host = 10 + (which is >= 1 and <= 200 ? which : one.Number % 200);
            while (!taken.Add(host))
                host = host >= 250 ? 2 : host + 1;
            if (one.Name == gateway.Name)
                return host;
        }

        throw new ArgumentException("The gateway is not of that site.", nameof(gateway));
    }

    private static IEnumerable<(IPNetwork Gateways, IPNetwork Router)> Candidates(int site)
    {
        if (site < 100)
            yield return (Network(192, 168, 100 + site), Network(192, 168, site));
        foreach (int third in Enumerable.Range(0, 256).Select(offset => (site + offset) & 255))
        {
            foreach ((byte one, byte two, byte three, byte four) in s_others)
                yield return (Network(one, two, third), Network(three, four, third));
        }
    }

    private static IPNetwork Network(int first, int second, int third) => new(new IPAddress([(byte)first, (byte)second, (byte)third, 0]), PrefixLength);

    // Lengths of whole bytes only.
    private static IPNetwork NetworkOf(AddressSpec address)
    {
        byte[] bytes = address.Address.GetAddressBytes();
        bytes.AsSpan(address.PrefixLength / 8).Clear();
        return new IPNetwork(new IPAddress(bytes), address.PrefixLength);
    }

    private static AddressSpec Host(IPNetwork network, int host)
    {
        byte[] bytes = network.BaseAddress.GetAddressBytes();
        bytes[^1] = (byte)host;
        return new AddressSpec(new IPAddress(bytes), network.PrefixLength);
    }

    // A prefix that covers everything is a default route: a network within it is no clash.
    private static IEnumerable<AddressRange> Used(WgFabric fabric) => fabric.Sites.SelectMany(site => site.Prefixes.Where(prefix => !prefix.EndsWith("/0", StringComparison.Ordinal)).Concat(site.Routers.Select(Single)))
        .Concat(fabric.TunnelPools).Select(AddressRange.Parse);

    private static string Single(string router) => string.Create(CultureInfo.InvariantCulture, $"{router}-{router}");
}
