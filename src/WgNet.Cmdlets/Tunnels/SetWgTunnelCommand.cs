using System.Management.Automation;
using WgNet.Netlink;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>Changes a WireGuard tunnel: its key, port, mark, MTU, up or down. What is not given stays as it is.</summary>
/// <example>
/// <code>Set-WgTunnel wg3 -Namespace private -ListenPort 5813</code>
/// <para>Moves the UDP socket to another port. A port in use is told before the old socket is lost.</para>
/// </example>
/// <example>
/// <code>Get-WgTunnel wg* -Namespace private | Set-WgTunnel -Down</code>
/// <para>Takes all tunnels in 'private' down.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "WgTunnel", SupportsShouldProcess = true)]
[OutputType(typeof(WgTunnel))]
public sealed class SetWgTunnelCommand : TunnelCmdlet
{
    /// <summary>The interface's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A new private key: from New-WgKey, as base64 or as a SecureString.</summary>
    [Parameter]
    public WgPrivateKey? PrivateKey { get; set; }

    /// <summary>A file with the new private key, readable by its owner only.</summary>
    [Parameter]
    public string? PrivateKeyPath { get; set; }

    /// <summary>A new UDP port, 0 for any.</summary>
    [Parameter]
    public int? ListenPort { get; set; }

    /// <summary>A new mark on encrypted packets; 0 is none.</summary>
    [Parameter]
    public uint? FirewallMark { get; set; }

    /// <summary>Bytes.</summary>
    [Parameter]
    public int? Mtu { get; set; }

    /// <summary>Brings the interface up.</summary>
    [Parameter]
    public SwitchParameter Up { get; set; }

    /// <summary>Takes the interface down; its IPv6 addresses go with that.</summary>
    [Parameter]
    public SwitchParameter Down { get; set; }

    /// <summary>Emits the changed tunnel.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            WithTunnel(name, session => Change(name, session));
    }

    private void Change(string name, WireGuard.Tunnels.WgTunnelSession session)
    {
        if (Up && Down)
            throw new FaultException("UpAndDown", FaultKind.InvalidArgument, "-Up and -Down exclude each other.", name);
        var device = new WgDeviceChange
        {
            PrivateKey = this.PrivateKeyFrom(PrivateKey, PrivateKeyPath),
            ListenPort = Settings.Port(ListenPort),
            FirewallMark = FirewallMark,
        };
        if (!ShouldProcess($"{name}{InNamespace}", "Change the WireGuard tunnel"))
            return;
        if (device.PrivateKey is not null || ListenPort is not null || FirewallMark is not null)
            session.Apply(device, StopToken);
        if (Mtu is not null || Up || Down)
            session.Change(new LinkChange { Mtu = Mtu, Up = Up ? true : Down ? false : null });
        if (PassThru)
            WriteObject(session.Read(StopToken));
    }
}
