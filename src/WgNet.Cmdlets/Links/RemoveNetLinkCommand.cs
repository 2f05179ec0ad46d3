using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Removes network links. A veth takes its other end with it.</summary>
/// <example>
/// <code>Remove-NetLink br0 -Namespace lab</code>
/// <para>Removes a bridge.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "NetLink", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveNetLinkCommand : LinkCmdlet
{
    /// <summary>The names of the links.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            InSession(name, session =>
            {
                (int index, string known) = Links.Identify(session, name);
                if (ShouldProcess(Described(known), "Remove"))
                    Links.Remove(session, index, known);
            });
        }
    }
}
