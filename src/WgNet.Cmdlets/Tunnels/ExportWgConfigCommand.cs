using System.Management.Automation;
using WgNet.WireGuard;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Cmdlets;

/// <summary>
/// Writes a tunnel's configuration to a file, as `wg showconf` prints it, keys and all. The file gets mode 0600 and appears whole or not at
/// all.
/// </summary>
/// <example>
/// <code>Export-WgConfig wg3 -Namespace private -Path ./wg3.conf</code>
/// <para>Writes one file.</para>
/// </example>
/// <example>
/// <code>Get-WgTunnel -Namespace private | Export-WgConfig -Path /etc/wireguard -Force</code>
/// <para>Writes a file NAME.conf for each tunnel.</para>
/// </example>
[Cmdlet(VerbsData.Export, "WgConfig", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportWgConfigCommand : TunnelCmdlet
{
    /// <summary>The tunnel's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    public string Tunnel { get; set; } = "";

    /// <summary>The file to write, or a directory in which NAME.conf is written.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => WithTunnel(Tunnel, Write);

    private void Write(WgTunnelSession session)
    {
        string file = this.FileOf(Path);
        if (Directory.Exists(file))
            file = System.IO.Path.Combine(file, $"{Tunnel}.conf");
        if (!ShouldProcess(file, $"Write the configuration of {Tunnel}{InNamespace}"))
            return;
        ConfigFile.Write(file, ConfigWriter.Of(session.ReadDevice(StopToken)), Force);
        if (PassThru)
            WriteObject(new FileInfo(file));
    }
}
