namespace WgNet.WireGuard.Tunnels;

/// <summary>
/// Finds allowed-ips stealing before it happens: a prefix that is given to a second peer leaves the first one silently
/// (drivers/net/wireguard/allowedips.c, add()).
/// </summary>
internal static class AllowedIPStealing
{
    /// <summary>The prefixes that a change takes from peers that keep existing, and whose they are now.</summary>
    public static IEnumerable<(AllowedIP Prefix, WgPublicKey Owner)> Find(WgDevice device, WgDeviceChange change)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(change);
        if (change.ReplacePeers)
            yield break;
        HashSet<WgPublicKey> replaced = [.. change.Peers.Where(peer => peer.Remove || peer.ReplaceAllowedIPs).Select(peer => peer.PublicKey)];
        var owners = new Dictionary<AllowedIP, WgPublicKey>();
        foreach (WgPeerState peer in device.Peers.Where(peer => !replaced.Contains(peer.PublicKey)))
        {
            foreach (AllowedIP prefix in peer.AllowedIPs)
                owners[prefix] = peer.PublicKey;
        }

        foreach (WgPeerChange peer in change.Peers.Where(peer => !peer.Remove))
        {
            foreach (AllowedIP prefix in peer.AllowedIPs)
            {
                if (owners.TryGetValue(prefix, out WgPublicKey? owner) && !owner.Equals(peer.PublicKey))
                    yield return (prefix, owner);
            }
        }
    }
}
