using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Makes named network namespaces, as `ip netns add` does.</summary>
/// <example>
/// <code>New-NetNamespace private -LoopbackUp</code>
/// <para>Makes a namespace whose loopback works.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "NetNamespace", SupportsShouldProcess = true)]
[OutputType(typeof(NetNamespace))]
public sealed class NewNetNamespaceCommand : WgNetCmdlet
{
    /// <summary>The names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <summary>Brings the loopback up; it is down in a new namespace.</summary>
    [Parameter]
    public SwitchParameter LoopbackUp { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Attempt(
                () =>
                {
                    if (!ShouldProcess($"network namespace '{name}'", "Create"))
                        return;
                    NetNamespace made = NetNamespaces.Create(name);
                    if (LoopbackUp)
                        BringLoopbackUp(name);
                    WriteObject(made);
                },
                name);
        }
    }

    private static void BringLoopbackUp(string name)
    {
        try
        {
            using RouteSession session = RouteSession.Open(name);
            Links.Change(session, Links.Find(session, "lo"), new LinkChange { Up = true });
        }
        catch
        {
            NetNamespaces.Remove(name);
            throw;
        }
    }
}
