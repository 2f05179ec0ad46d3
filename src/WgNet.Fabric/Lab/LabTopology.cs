using System.Globalization;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>
/// The namespaces, switches and cables of a lab: a public side and a private one for each gateway, a router for each site, one switch for the
/// public network and two for each site.
/// </summary>
internal sealed class LabTopology
{
    /// <summary>The switch of the public network.</summary>
    public const string PublicBridge = "public";

    /// <summary>A gateway's interface to the public network, and a router's to its site, as in the article.</summary>
    public const string FirstInterface = "eth0";

    private const int UsualMtu = 1500;
    private const int UsualTunnelMtu = 1420;

    // Of an IPv6 header, UDP and WireGuard's own (drivers/net/wireguard/messages.h).
    private const int TunnelOverhead = 80;

    public LabTopology(string lab, WgFabric fabric, PublicAddresses addresses, SiteNetworks networks)
    {
        Switch = LabPaths.Switch(lab);
        var interfaces = SiteInterfaces.Of(fabric.SiteInterfaces);
        int tunnel = fabric.Mtu ?? UsualTunnelMtu;
        var nodes = new List<LabNode>();
        var bridges = new List<string> { PublicBridge };
        foreach (WgFabricSite site in fabric.Sites)
        {
            string lan = Name("lan", site.Number), among = Name("gw", site.Number);
            bridges.Add(lan);
            if (interfaces.ToGateways is not null)
                bridges.Add(among);

            // The inside of a site has the tunnels' MTU: the kernel remembers a smaller path MTU for one of several equal IPv6 ways only, and
            // would go on losing what it sends by the others.
            nodes.Add(new LabNode(LabPaths.Router(lab, site))
            {
                Cables = [new LabCable(FirstInterface, Name("r", site.Number), lan) { MacAddress = Mac(4, site.Number), Mtu = tunnel, Addresses = networks.OfRouter(fabric, site) }],
                Loopback = [.. site.Prefixes.SelectMany(SiteHosts.Of)],
                Forwards = true,
                HashSeed = 0x10000u + (uint)site.Number,
            });
            foreach (WgFabricGateway gateway in site.Gateways)
            {
                nodes.Add(new LabNode(LabPaths.Public(lab, gateway))
                {
                    Cables = [new LabCable(FirstInterface, PublicPort(gateway), PublicBridge)
                    {
                        MacAddress = Mac(1, gateway.Number),
                        Mtu = Math.Max(UsualMtu, tunnel + TunnelOverhead),
                        Addresses = [.. addresses.Of(gateway).Select(address => new AddressSpec(address, address.GetAddressBytes().Length * 8) { Flags = NetLinkAddressFlags.NoDad })],
                    }],
                    OnLink = true,
                });
                nodes.Add(new LabNode(LabPaths.Private(lab, gateway)) { Cables = [.. Inside(gateway, site)], HashSeed = (uint)gateway.Number });
            }
        }

        Bridges = bridges;
        Nodes = nodes;

        IEnumerable<LabCable> Inside(WgFabricGateway gateway, WgFabricSite site)
        {
            if (interfaces.ToGateways is { } other)
            {
                yield return new LabCable(other, Name("a", gateway.Number), Name("gw", site.Number))
                {
                    MacAddress = Mac(2, gateway.Number),
                    Mtu = tunnel,
                    Addresses = networks.OfGatewayToGateways(site, gateway),
                };
            }

            yield return new LabCable(interfaces.ToRouter, Name("b", gateway.Number), Name("lan", site.Number))
            {
                MacAddress = Mac(3, gateway.Number),
                Mtu = tunnel,
                Addresses = networks.OfGatewayToRouter(fabric, site, gateway),
            };
        }
    }

    /// <summary>The namespace of the switches.</summary>
    public string Switch { get; }

    public IReadOnlyList<string> Bridges { get; }

    /// <summary>All other namespaces.</summary>
    public IReadOnlyList<LabNode> Nodes { get; }

    /// <summary>All namespaces.</summary>
    public IEnumerable<string> Namespaces => Nodes.Select(node => node.Namespace).Prepend(Switch);

    /// <summary>The ports of a gateway's cables, by which it is unplugged.</summary>
    public static string[] PortsOf(WgFabricGateway gateway) => [PublicPort(gateway), Name("a", gateway.Number), Name("b", gateway.Number)];

    private static string PublicPort(WgFabricGateway gateway) => Name("p", gateway.Number);

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");

    // The article's own begin like this.
    private static string Mac(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"50:54:33:{kind:x2}:{number >> 8:x2}:{number & 255:x2}");
}
