using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Reads network settings of the kernel (/proc/sys/net), which each network namespace has for itself.</summary>
/// <example>
/// <code>Get-NetSysctl net.ipv6.conf.all.forwarding, net.ipv4.ip_forward -Namespace private</code>
/// <para>Shows whether a namespace forwards packets.</para>
/// </example>
/// <example>
/// <code>Get-NetSysctl net.ipv4.conf.*.rp_filter</code>
/// <para>Shows a setting of every link.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "NetSysctl")]
[OutputType(typeof(NetSysctl))]
public sealed class GetNetSysctlCommand : NamespaceReadCmdlet
{
    /// <summary>Names with dots; wildcards allowed for a part between two dots. A link's name with a dot is written with a slash there: net.ipv4.conf.eth0/100.forwarding.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SysctlCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord() => ForEachNamespace(ns =>
    {
        foreach (string name in Name)
            Attempt(() => Read(ns, name), name);
    });

    private void Read(NetNamespaceHandle ns, string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
            WriteObject(Sysctls.Find(ns, name, (pattern, part) => new WildcardPattern(pattern).IsMatch(part)), enumerateCollection: true);
        else
            WriteObject(Sysctls.Read(ns, name));
    }
}
