using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Changes network settings of the kernel (/proc/sys/net) in one network namespace.</summary>
/// <example>
/// <code>Set-NetSysctl net.ipv6.conf.all.forwarding 1 -Namespace private</code>
/// <para>Makes a namespace forward IPv6 packets.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "NetSysctl", SupportsShouldProcess = true)]
[OutputType(typeof(NetSysctl))]
public sealed class SetNetSysctlCommand : NamespaceCmdlet
{
    /// <summary>Names with dots, below net.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SysctlCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The value, as the kernel reads it.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Value { get; set; } = "";

    /// <summary>Emits the settings as they then are.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Attempt(
                () =>
                {
                    using NetNamespaceHandle ns = NetNamespaceHandle.Open(Namespace);
                    Sysctls.Read(ns, name);
                    if (!ShouldProcess($"setting {name}{InNamespace}", $"Set to '{Value}'"))
                        return;
                    NetSysctl set = Sysctls.Write(ns, name, Value);
                    if (PassThru)
                        WriteObject(set);
                },
                name);
        }
    }
}
