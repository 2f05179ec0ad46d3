using System.Management.Automation;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that works on one peer of one tunnel.</summary>
public abstract class PeerCmdlet : TunnelCmdlet
{
    /// <summary>The tunnel that the peer belongs to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    public string Tunnel { get; set; } = "";

    /// <summary>The peer's public key.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PeerKeyCompleter))]
    public WgPublicKey PublicKey { get; set; } = null!;
}

/// <summary>What Add-WgPeer and Set-WgPeer share: the peer's settings, of which only those given are applied.</summary>
public abstract class PeerChangeCmdlet : PeerCmdlet
{
    /// <summary>Where the peer is: 192.0.2.1:51820, [2001:db8::1]:51820 or name:port.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Endpoint { get; set; }

    /// <summary>The prefixes that the peer may send from and is sent: the whole list.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? AllowedIPs { get; set; }

    /// <summary>A key that both ends share beside their own: from New-WgKey -PresharedKey, as base64 or as a SecureString.</summary>
    [Parameter]
    public WgPresharedKey? PresharedKey { get; set; }

    /// <summary>A file with the preshared key, readable by its owner only.</summary>
    [Parameter]
    public string? PresharedKeyPath { get; set; }

    /// <summary>Seconds between packets that keep NAT mappings open; 0 is off.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? PersistentKeepalive { get; set; }

    /// <summary>Emits the peer as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool MustExist { get; }

    protected override void ProcessRecord()
    {
        WithTunnel(Tunnel, session =>
        {
            WgDevice device = session.ReadDevice(StopToken);
            if (PublicKey.Equals(device.PublicKey))
                throw PeerFaults.Own(Tunnel, PublicKey);
            bool exists = device.Peers.Any(peer => peer.PublicKey.Equals(PublicKey));
            if (exists != MustExist)
                throw exists ? PeerFaults.Exists(Tunnel, PublicKey) : PeerFaults.NotFound(Tunnel, PublicKey);
            var change = new WgDeviceChange { Peers = [Change(session)] };
            WarnOfStealing(session, change);
            if (!ShouldProcess($"{PublicKey} of {Tunnel}{InNamespace}", MustExist ? "Change the peer" : "Add the peer"))
                return;
            session.Apply(change, StopToken);
            if (PassThru)
                WriteObject(session.Read(StopToken).Peers.First(peer => peer.PublicKey.Equals(PublicKey)));
        });
    }

    private WgPeerChange Change(WgTunnelSession session) => new()
    {
        PublicKey = PublicKey,
        UpdateOnly = MustExist,
        Endpoint = Endpoint is null ? null : session.Resolve(WgEndpoint.Parse(Endpoint), StopToken),
        PresharedKey = this.PresharedKeyFrom(PresharedKey, PresharedKeyPath),
        PersistentKeepalive = Settings.Keepalive(PersistentKeepalive),
        ReplaceAllowedIPs = AllowedIPs is not null,
        AllowedIPs = [.. (AllowedIPs ?? []).Select(AllowedIP.Parse)],
    };
}

/// <summary>Adds a peer to a WireGuard tunnel.</summary>
/// <example>
/// <code>Add-WgPeer wg0 Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk= -Endpoint '[2001:db8:2::1]:5801' -AllowedIPs 10.0.2.0/24</code>
/// <para>Adds the peer with one prefix. A prefix that another peer has is told before it is taken from it.</para>
/// </example>
[Cmdlet(VerbsCommon.Add, "WgPeer", SupportsShouldProcess = true)]
[OutputType(typeof(WgPeer))]
public sealed class AddWgPeerCommand : PeerChangeCmdlet
{
    private protected override bool MustExist => false;
}

/// <summary>Changes a peer of a WireGuard tunnel; what is not given stays as it is.</summary>
/// <example>
/// <code>Get-WgPeer wg0 | Set-WgPeer -PersistentKeepalive 25</code>
/// <para>Keeps NAT mappings open towards every peer of wg0.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "WgPeer", SupportsShouldProcess = true)]
[OutputType(typeof(WgPeer))]
public sealed class SetWgPeerCommand : PeerChangeCmdlet
{
    private protected override bool MustExist => true;
}

/// <summary>Removes a peer from a WireGuard tunnel.</summary>
/// <example>
/// <code>Get-WgPeer -Namespace private | Where-Object State -eq Never | Remove-WgPeer -WhatIf</code>
/// <para>Says which peers would go that never answered.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "WgPeer", SupportsShouldProcess = true)]
public sealed class RemoveWgPeerCommand : PeerCmdlet
{
    protected override void ProcessRecord() => WithTunnel(Tunnel, session =>
    {
        if (!session.ReadDevice(StopToken).Peers.Any(peer => peer.PublicKey.Equals(PublicKey)))
            throw PeerFaults.NotFound(Tunnel, PublicKey);
        if (ShouldProcess($"{PublicKey} of {Tunnel}{InNamespace}", "Remove the peer"))
            session.Apply(new WgDeviceChange { Peers = [new WgPeerChange { PublicKey = PublicKey, Remove = true }] }, StopToken);
    });
}
