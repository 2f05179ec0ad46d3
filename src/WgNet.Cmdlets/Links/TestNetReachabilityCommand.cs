using System.Management.Automation;
using System.Net;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Tells whether addresses answer ICMP echo requests from a network namespace, all of them at once, as fping does.</summary>
/// <example>
/// <code>Test-NetReachability 2001:db8:a3::1, 10.0.3.1 -Namespace R1</code>
/// <para>From the namespace R1, asks both addresses.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "NetReachability")]
[OutputType(typeof(NetReachability))]
public sealed class TestNetReachabilityCommand : NamespaceCmdlet
{
    /// <summary>IPv4 and IPv6 addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public IPAddress[] Address { get; set; } = [];

    /// <summary>How many requests an address gets at most; it gets no more once it has answered.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Count { get; set; } = 3;

    /// <summary>Milliseconds to wait for the reply to each request.</summary>
    [Parameter]
    [ValidateRange(1, 60_000)]
    public int Timeout { get; set; } = 500;

    protected override void ProcessRecord() => Attempt(() =>
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(Namespace);
        WriteObject(IcmpEcho.Probe(ns, Address, Count, TimeSpan.FromMilliseconds(Timeout), StopToken), enumerateCollection: true);
    });
}
