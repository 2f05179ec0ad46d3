using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>Removes WireGuard tunnels. The daemon of a userspace tunnel ends with it.</summary>
/// <example>
/// <code>Remove-WgTunnel wg3 -Namespace private</code>
/// <para>Removes one tunnel.</para>
/// </example>
/// <example>
/// <code>Get-WgTunnel -AllNamespaces | Remove-WgTunnel -WhatIf</code>
/// <para>Says which tunnels would go.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "WgTunnel", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWgTunnelCommand : TunnelCmdlet
{
    /// <summary>The interface's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            WithTunnel(name, session =>
            {
                if (ShouldProcess($"{name}{InNamespace}", "Remove the WireGuard tunnel"))
                    session.Remove();
            });
        }
    }
}
