using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>Gets the peers of WireGuard tunnels: where they are, how fresh their session is, what went through it.</summary>
/// <example>
/// <code>Get-WgPeer -Namespace private</code>
/// <para>The peers of every tunnel in 'private'.</para>
/// </example>
/// <example>
/// <code>Get-WgPeer -AllNamespaces | Where-Object State -ne Active</code>
/// <para>Every peer of the machine without a fresh handshake.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "WgPeer")]
[OutputType(typeof(WgPeer))]
public sealed class GetWgPeerCommand : TunnelReadCmdlet
{
    /// <summary>Names of tunnels; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    [SupportsWildcards]
    public string[] Tunnel { get; set; } = ["*"];

    /// <summary>Only the peer with this public key.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(PeerKeyCompleter))]
    public WgPublicKey? PublicKey { get; set; }

    protected override void ProcessRecord() => ForEachTunnel(Tunnel, tunnel =>
    {
        WgPeer[] peers = PublicKey is null ? tunnel.Peers : Array.FindAll(tunnel.Peers, peer => peer.PublicKey.Equals(PublicKey));
        if (peers.Length == 0 && PublicKey is not null && !Array.Exists(Tunnel, WildcardPattern.ContainsWildcardCharacters))
            WriteFault(PeerFaults.NotFound(tunnel.Name, PublicKey));
        WriteObject(peers, enumerateCollection: true);
    });
}
