using System.Management.Automation;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>
/// Writes a configuration as the text that `wg setconf` reads. The text holds the private and preshared keys: that is what it is for.
/// </summary>
/// <example>
/// <code>ConvertFrom-WgConfig -Path wg3.conf | ConvertTo-WgConfig</code>
/// <para>Shows a file as `wg showconf` would print it.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "WgConfig")]
[OutputType(typeof(string))]
public sealed class ConvertToWgConfigCommand : WgNetCmdlet
{
    /// <summary>The configuration.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public WgConfig InputObject { get; set; } = null!;

    protected override void ProcessRecord() => Attempt(() => WriteObject(ConfigWriter.Write(InputObject)));
}
