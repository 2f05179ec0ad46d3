using System.Management.Automation;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>
/// Writes a configuration, or that of a tunnel, as the text that `wg setconf` reads. The text holds the private and preshared keys: that is
/// what it is for.
/// </summary>
/// <example>
/// <code>ConvertFrom-WgConfig -Path wg3.conf | ConvertTo-WgConfig</code>
/// <para>Shows a file as `wg showconf` would print it.</para>
/// </example>
/// <example>
/// <code>Get-WgTunnel wg3 -Namespace private | ConvertTo-WgConfig</code>
/// <para>Prints what `wg showconf wg3` prints.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "WgConfig", DefaultParameterSetName = "Config")]
[OutputType(typeof(string))]
public sealed class ConvertToWgConfigCommand : TunnelCmdlet
{
    /// <summary>The configuration.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Config")]
    public WgConfig InputObject { get; set; } = null!;

    /// <summary>The names of tunnels.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Tunnel")]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    public string[] Tunnel { get; set; } = [];

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Config")
        {
            Attempt(() => WriteObject(ConfigWriter.Write(InputObject)));
            return;
        }

        foreach (string name in Tunnel)
            WithTunnel(name, session => WriteObject(ConfigWriter.Write(ConfigWriter.Of(session.ReadDevice(StopToken)))));
    }
}
