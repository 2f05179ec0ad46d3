using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>Waits until the peers of a tunnel have a fresh session: a handshake under 180 seconds ago.</summary>
/// <remarks>
/// <para>WireGuard shakes hands when there is something to send. Where nothing is, a persistent keepalive makes it.</para>
/// </remarks>
/// <example>
/// <code>Get-WgPeer -Namespace private | Wait-WgPeer -Timeout 10</code>
/// <para>Returns each peer as soon as its session is fresh, or an error after ten seconds.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "WgPeer")]
[OutputType(typeof(WgPeer))]
public sealed class WaitWgPeerCommand : TunnelCmdlet
{
    /// <summary>The tunnel that the peer belongs to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    public string Tunnel { get; set; } = "";

    /// <summary>The peer's public key. Default: every peer of the tunnel.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(PeerKeyCompleter))]
    public WgPublicKey? PublicKey { get; set; }

    /// <summary>A peer from the pipeline, as Get-WgPeer emits it.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [FromRemote]
    public WgPeer? InputObject { get; set; }

    /// <summary>Seconds to wait for each.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public double Timeout { get; set; } = 30;

    protected override void ProcessRecord() => WithTunnel(Tunnel, session =>
    {
        WgPublicKey? wanted = PublicKey ?? InputObject?.PublicKey;
        WgPeer[] peers = [];

        // A daemon that is stopped must not make the wait much longer than was asked for; a second is what a busy one may need.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        limit.CancelAfter(TimeSpan.FromSeconds(Timeout + 1));
        bool Fresh()
        {
            try
            {
                peers = session.Read(limit.Token).Peers;
            }
            catch (OperationCanceledException) when (!StopToken.IsCancellationRequested)
            {
                throw new FaultException("HandshakeTimeout", FaultKind.Timeout,
                    $"Tunnel '{Tunnel}'{InNamespace} did not tell within {Timeout:0.#} s: its daemon is stopped or stuck.", Tunnel);
            }

            if (wanted is not null)
                peers = Array.FindAll(peers, peer => peer.PublicKey.Equals(wanted));
            if (peers.Length == 0)
                throw wanted is null ? NoPeers() : PeerFaults.NotFound(Tunnel, wanted);
            return Array.TrueForAll(peers, peer => peer.State == WgSessionState.Active);
        }

        bool reached = Waiting.Until(this, TimeSpan.FromSeconds(Timeout), $"Waiting for a handshake on {Tunnel}{InNamespace}", Fresh, StopToken);
        WriteObject(Array.FindAll(peers, peer => peer.State == WgSessionState.Active), enumerateCollection: true);
        if (reached)
            return;
        foreach (WgPeer silent in peers.Where(peer => peer.State != WgSessionState.Active))
        {
            WriteFault(new FaultException("HandshakeTimeout", FaultKind.Timeout,
                $"No handshake with peer {silent.PublicKey} on {Tunnel}{InNamespace} within {Timeout:0.#} s. Test-WgTunnel tells what is wrong.", silent.PublicKey));
        }
    });

    private FaultException NoPeers() => new("NoPeers", FaultKind.NotFound, $"Tunnel '{Tunnel}'{InNamespace} has no peers: add one with Add-WgPeer.", Tunnel);
}
