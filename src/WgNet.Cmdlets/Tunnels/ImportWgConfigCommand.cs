using System.Management.Automation;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Cmdlets;

/// <summary>
/// Applies a WireGuard configuration to a tunnel, as `wg setconf` (Replace), `wg syncconf` (Sync) or `wg addconf` (Add) do. All of it is
/// checked, endpoints looked up too, before anything changes.
/// </summary>
/// <remarks>
/// Sync changes only what differs, and takes away last. Peers and allowed IPs that the file does not name go; keys, port, mark and keepalive
/// that it does not name stay, where `wg syncconf` clears them (`FwMark = off` and `PersistentKeepalive = off` clear them here too). It leaves
/// the endpoint of a peer that has a session alone, since the peer may have roamed. What only wg-quick knows is not applied; a warning says so.
/// </remarks>
/// <example>
/// <code>Import-WgConfig -Path wg3.conf -Tunnel wg3 -Namespace private</code>
/// <para>Makes the tunnel what the file says: peers that it does not name are gone.</para>
/// </example>
/// <example>
/// <code>Import-WgConfig -Path wg3.conf -Tunnel wg3 -Mode Sync</code>
/// <para>The same, and sessions of unchanged peers live on.</para>
/// </example>
[Cmdlet(VerbsData.Import, "WgConfig", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(WgTunnel))]
public sealed class ImportWgConfigCommand : TunnelCmdlet
{
    /// <summary>The configuration file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>A configuration from ConvertFrom-WgConfig.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Config")]
    public WgConfig InputObject { get; set; } = null!;

    /// <summary>The tunnel's name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    public string Tunnel { get; set; } = "";

    /// <summary>Replace (the default), Sync or Add.</summary>
    [Parameter]
    public WgConfigMode Mode { get; set; }

    /// <summary>Emits the tunnel as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => WithTunnel(Tunnel, Apply);

    private void Apply(WgTunnelSession session)
    {
        WgConfig config = ParameterSetName == "Path" ? this.ReadConfig(this.FileOf(Path)) : InputObject;
        this.WarnOfQuickSettings(config);
        WgDevice current = Mode == WgConfigMode.Replace ? new WgDevice() : session.ReadDevice(StopToken);
        WgDeviceChange change = new ConfigChange(current, endpoint => session.Resolve(endpoint, StopToken), DateTimeOffset.UtcNow).Make(config, Mode);
        if (Mode == WgConfigMode.Add)
            WarnOfStealing(session, change);
        if (!ShouldProcess($"{Tunnel}{InNamespace}", $"{Mode} the configuration"))
            return;
        if (!change.IsEmpty)
            session.Apply(change, StopToken);
        if (PassThru)
            WriteObject(session.Read(StopToken));
    }
}
