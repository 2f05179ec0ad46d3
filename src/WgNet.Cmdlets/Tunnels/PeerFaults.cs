namespace WgNet.Cmdlets;

/// <summary>Faults about peers that several cmdlets tell.</summary>
internal static class PeerFaults
{
    public static FaultException NotFound(string tunnel, WgPublicKey key) => new("PeerNotFound", FaultKind.NotFound,
        $"Tunnel '{tunnel}' has no peer {key}. Get-WgPeer lists its peers; Add-WgPeer adds one.", key);

    // WireGuard leaves such a peer out without a word. It also is what a tunnel on the pipeline brings where -PublicKey is forgotten.
    public static FaultException Own(string tunnel, WgPublicKey key) => new("OwnPublicKey", FaultKind.InvalidArgument,
        $"{key} is the public key of tunnel '{tunnel}' itself: give that of the far end with -PublicKey.", key);

    public static FaultException Exists(string tunnel, WgPublicKey key) => new("PeerExists", FaultKind.Exists,
        $"Tunnel '{tunnel}' has peer {key} already. Change it with Set-WgPeer.", key);
}
