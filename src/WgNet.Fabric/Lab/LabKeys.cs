using System.Globalization;
using WgNet.WireGuard;

namespace WgNet.Fabric;

/// <summary>The keys of a lab's gateways: each gateway's private key is its own, in its own folder, as on a real gateway.</summary>
internal static class LabKeys
{
    // Behind the gateway's number in three digits; the original article publishes these keys, so they are for labs alone.
    private const string ArticleEnd = "CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=";
    private const int HighestArticle = 999;

    /// <summary>Makes the private and preshared keys that are missing, and returns the public keys of all gateways by their names.</summary>
    /// <param name="lab">The lab's name.</param>
    /// <param name="fabric">Its gateways.</param>
    /// <param name="article">Makes them the article's well-known keys; fault "LabHasOtherKeys" where there are others.</param>
    public static Dictionary<string, WgPublicKey> Ensure(string lab, WgFabric fabric, bool article)
    {
        var keys = new Dictionary<string, WgPublicKey>(StringComparer.Ordinal);
        foreach (WgFabricGateway gateway in fabric.Gateways)
        {
            GatewayPlace place = LabPaths.Place(lab, gateway, default);
            LabRecord.MakeFolder(place.ConfigFolder);
            keys[gateway.Name] = PrivateKey(place.PrivateKeyPath, article ? gateway : null).GetPublicKey();
        }

        if (fabric.PresharedKeys)
            EnsurePreshared(lab, fabric);
        return keys;
    }

    private static WgPrivateKey PrivateKey(string path, WgFabricGateway? article)
    {
        WgPrivateKey? there = File.Exists(path) ? KeyFile.ReadPrivateKey(path) : null;
        WgPrivateKey wanted = article is not null ? OfArticle(article) : there ?? WgPrivateKey.Generate();
        if (there is null)
            KeyFile.Write(path, wanted, overwrite: false);
        else if (!wanted.Equals(there))
            throw new FaultException("LabHasOtherKeys", FaultKind.Exists, "The lab is up with keys of its own. Stop-WgFabricLab it first, to start it with the article's.", path);
        return wanted;
    }

    // Both ends of a tunnel have the same; on real gateways the operator brings it there.
    private static void EnsurePreshared(string lab, WgFabric fabric)
    {
        Dictionary<string, GatewayPlace> places = fabric.Gateways.ToDictionary(gateway => gateway.Name, gateway => LabPaths.Place(lab, gateway, default), StringComparer.Ordinal);
        foreach (WgFabricTunnel tunnel in fabric.Gateways.SelectMany(gateway => FabricTunnels.Of(fabric, gateway)))
        {
            string own = places[tunnel.Gateway].PresharedKeyPath(tunnel.PeerGateway), far = places[tunnel.PeerGateway].PresharedKeyPath(tunnel.Gateway);
            if (File.Exists(own) && File.Exists(far))
                continue;
            WgPresharedKey key = File.Exists(own) ? KeyFile.ReadPresharedKey(own) : File.Exists(far) ? KeyFile.ReadPresharedKey(far) : WgPresharedKey.Generate();
            KeyFile.Write(own, key, overwrite: true);
            KeyFile.Write(far, key, overwrite: true);
        }
    }

    private static WgPrivateKey OfArticle(WgFabricGateway gateway) => gateway.Number <= HighestArticle
        ? WgPrivateKey.FromBase64(gateway.Number.ToString("d3", CultureInfo.InvariantCulture) + ArticleEnd)
        : throw new FaultException("NoArticleKey", FaultKind.InvalidArgument,
            $"The article's keys are made of a number of three digits, and the gateway '{gateway.Name}' has the number {gateway.Number}. Leave out -ArticleKeys.", gateway.Name);
}
