namespace WgNet.Fabric;

/// <summary>A fabric as its lab has it: with the lab's public keys, and endpoints that are addresses in the lab's public network.</summary>
internal static class LabFabric
{
    public static WgFabric Of(WgFabric fabric, PublicAddresses addresses, IReadOnlyDictionary<string, WgPublicKey> keys) => fabric with
    {
        Sites = [.. fabric.Sites.Select(site => site with
        {
            Gateways = [.. site.Gateways.Select(gateway => gateway with { PublicKey = keys[gateway.Name], Endpoint = addresses.Endpoint(gateway) })],
        })],
    };
}
