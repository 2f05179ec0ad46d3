using System.Management.Automation;
using WgNet.Netlink;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Cmdlets;

/// <summary>Makes a WireGuard tunnel: creates the interface in its namespace, configures it, gives it its addresses and brings it up.</summary>
/// <remarks>
/// <para>The UDP socket, and so all encrypted traffic, is in the transport namespace and stays there for ever; the interface is in the namespace of the clear side, as if it had been created in the one and moved to the other. All or nothing: when a step fails, the steps before it are taken back.</para>
/// <para>Where the kernel has no WireGuard, wireguard-go is started. Its UAPI socket then bears a name of its own, shown as UapiSocket, since all such sockets share one directory.</para>
/// </remarks>
/// <example>
/// <code>
/// $key = New-WgKey
/// New-WgTunnel wg3 -PrivateKey $key -ListenPort 5803 -PeerPublicKey Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk= -Endpoint '[2001:db8:2::1]:5801' -Namespace private -Address 2001:db8:ff::/127
/// </code>
/// <para>The article's five commands at once: the socket stays in the caller's namespace, the interface goes to 'private'.</para>
/// </example>
/// <example>
/// <code>New-WgTunnel wg0 -PrivateKeyPath /etc/wireguard/wg0.key -ListenPort 51820 -Address 10.8.0.1/24 -Down</code>
/// <para>An interface without a peer, left down.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "WgTunnel", SupportsShouldProcess = true)]
[OutputType(typeof(WgTunnel))]
public sealed class NewWgTunnelCommand : NamespaceCmdlet
{
    /// <summary>The interface's name: 1 to 15 bytes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>The private key: from New-WgKey, as base64 or as a SecureString.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public WgPrivateKey? PrivateKey { get; set; }

    /// <summary>A file with the private key, readable by its owner only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PrivateKeyPath { get; set; }

    /// <summary>The UDP port, 0 for any. A tunnel that routes dynamically needs one of its own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int ListenPort { get; set; }

    /// <summary>The peer's public key. Without it the interface has no peer.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public WgPublicKey? PeerPublicKey { get; set; }

    /// <summary>Where the peer is: 192.0.2.1:51820, [2001:db8::1]:51820 or name:port. A name is resolved once, in the transport namespace.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Endpoint { get; set; }

    /// <summary>The prefixes that the peer may send from and is sent. Default: 0.0.0.0/0 and ::/0, everything.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? AllowedIPs { get; set; }

    /// <summary>A key that both ends share beside their own: from New-WgKey -PresharedKey, as base64 or as a SecureString.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public WgPresharedKey? PresharedKey { get; set; }

    /// <summary>A file with the preshared key, readable by its owner only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PresharedKeyPath { get; set; }

    /// <summary>Seconds between packets that keep NAT mappings open; 0 is off.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? PersistentKeepalive { get; set; }

    /// <summary>A mark on encrypted packets, for policy routing; 0 is none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public uint? FirewallMark { get; set; }

    /// <summary>Bytes. Default: 1420, or what the way to the endpoint carries less 80 bytes where that is smaller, but not below the 1280 that IPv6 needs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? Mtu { get; set; }

    /// <summary>The namespace where its UDP socket is and stays: a name, a path, or pid:N. Default: the caller's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [AllowEmptyString]
    [AllowNull]
    public string? TransportNamespace { get; set; }

    /// <summary>Addresses of the interface with their prefix length, for example 169.254.1.0/31.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Address { get; set; } = [];

    /// <summary>Kernel, Userspace (wireguard-go), or Auto: the kernel's WireGuard where there is one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public WgBackend Backend { get; set; }

    /// <summary>Leaves the interface down.</summary>
    [Parameter]
    public SwitchParameter Down { get; set; }

    protected override void ProcessRecord() => Attempt(
        () =>
        {
            TunnelSpec spec = Spec();
            if (ShouldProcess($"{Name}{InNamespace}", "Create the WireGuard tunnel"))
                WriteObject(WgTunnels.Create(spec, StopToken));
        },
        Name);

    private TunnelSpec Spec() => new(Name)
    {
        Namespace = Namespace,
        TransportNamespace = TransportNamespace,
        Backend = Backend,
        Mtu = Mtu,
        Addresses = [.. Address.Select(AddressSpec.Parse)],
        Up = !Down,
        Endpoint = Endpoint is null ? null : WgEndpoint.Parse(Endpoint),
        Device = new WgDeviceChange
        {
            PrivateKey = this.PrivateKeyFrom(PrivateKey, PrivateKeyPath),
            ListenPort = Settings.Port(ListenPort),
            FirewallMark = FirewallMark,
            Peers = Peers(),
        },
    };

    private WgPeerChange[] Peers()
    {
        if (PeerPublicKey is not null)
        {
            return
            [
                new WgPeerChange
                {
                    PublicKey = PeerPublicKey,
                    PresharedKey = this.PresharedKeyFrom(PresharedKey, PresharedKeyPath),
                    PersistentKeepalive = Settings.Keepalive(PersistentKeepalive),
                    ReplaceAllowedIPs = true,
                    AllowedIPs = AllowedIPs is null ? AllowedIP.Everything : [.. AllowedIPs.Select(AllowedIP.Parse)],
                },
            ];
        }

        if (Endpoint is not null || AllowedIPs is not null || PresharedKey is not null || PresharedKeyPath is not null || PersistentKeepalive is not null)
        {
            throw new FaultException("PeerPublicKeyMissing", FaultKind.InvalidArgument,
                "-Endpoint, -AllowedIPs, -PresharedKey and -PersistentKeepalive describe a peer: give its -PeerPublicKey too.", Name);
        }

        return [];
    }
}
