using WgNet.Bird;

namespace WgNet.Fabric;

/// <summary>Everything that the fabric means for one gateway.</summary>
internal sealed class GatewayPlan
{
    private GatewayPlan(WgFabric fabric, WgFabricGateway gateway, GatewayPlace place)
    {
        Fabric = fabric;
        Gateway = gateway;
        Site = Array.Find(fabric.Sites, site => site.Name == gateway.Site)!;
        Place = place;
        Tunnels = [.. FabricTunnels.Of(fabric, gateway)];
        Bird = GatewayBird.Of(this);
    }

    public WgFabric Fabric { get; }

    public WgFabricGateway Gateway { get; }

    public WgFabricSite Site { get; }

    public GatewayPlace Place { get; }

    /// <summary>The tunnels, by the number of the gateway at the other end. Their namespaces are the fabric's; the place says where these are here.</summary>
    public IReadOnlyList<WgFabricTunnel> Tunnels { get; }

    /// <summary>The configuration of the private namespace's BIRD.</summary>
    public BirdConfiguration Bird { get; }

    /// <summary>Settings of the private namespace's kernel that routing needs.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["net/ipv4/conf/all/forwarding"] = "1",
        ["net/ipv6/conf/all/forwarding"] = "1",

        // Traffic may leave by one gateway and come back by the other.
        ["net/ipv4/conf/all/rp_filter"] = "0",
        ["net/ipv4/conf/default/rp_filter"] = "0",
    };

    public static GatewayPlan Of(WgFabric fabric, WgFabricGateway gateway, GatewayPlace place)
    {
        ArgumentNullException.ThrowIfNull(fabric);
        ArgumentNullException.ThrowIfNull(gateway);
        ArgumentNullException.ThrowIfNull(place);
        return new GatewayPlan(fabric, gateway, place);
    }
}
