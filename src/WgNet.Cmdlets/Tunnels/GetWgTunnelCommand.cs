using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>Gets WireGuard tunnels, of the kernel and of userspace daemons alike, whoever made them.</summary>
/// <example>
/// <code>Get-WgTunnel wg3 -Namespace private</code>
/// <para>What <c>wg show wg3</c> tells, and the link's state and addresses.</para>
/// </example>
/// <example>
/// <code>Get-WgTunnel -AllNamespaces | Where-Object State -eq Down</code>
/// <para>Every tunnel of the machine that is down.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "WgTunnel")]
[OutputType(typeof(WgTunnel))]
public sealed class GetWgTunnelCommand : TunnelReadCmdlet
{
    /// <summary>Names of tunnels; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord() => ForEachTunnel(Name, WriteObject);
}
