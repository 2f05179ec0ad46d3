using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>
/// Removes named network namespaces, as `ip netns delete` does: the name goes at once, the namespace with its links when the last
/// process and the last socket in it have gone.
/// </summary>
/// <example>
/// <code>Get-NetNamespace lab-* | Remove-NetNamespace</code>
/// <para>Removes several namespaces.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "NetNamespace", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveNetNamespaceCommand : WgNetCmdlet
{
    /// <summary>The names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Attempt(
                () =>
                {
                    NetNamespaces.RequireExisting(name);
                    if (ShouldProcess($"network namespace '{name}'", "Remove"))
                        NetNamespaces.Remove(name);
                },
                name);
        }
    }
}
