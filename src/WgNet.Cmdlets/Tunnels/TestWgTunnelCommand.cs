using System.Management.Automation;
using System.Net;
using WgNet.Netlink;
using WgNet.WireGuard.Diagnosis;
using WgNet.WireGuard.Tunnels;

namespace WgNet.Cmdlets;

/// <summary>Tells whether WireGuard tunnels work, and if not, why: it looks at the interface, its keys, its UDP socket, the route to the endpoint, the allowed IPs, the handshake, and asks the far end.</summary>
/// <remarks>
/// <para>The far end is the other address of a /31, /127, /30 or /126. The echo requests make a silent tunnel shake hands.</para>
/// </remarks>
/// <example>
/// <code>Test-WgTunnel -Namespace private</code>
/// <para>Asks the far end of every tunnel in 'private', as the article does with fping.</para>
/// </example>
/// <example>
/// <code>(Test-WgTunnel wg3 -Namespace private).Checks</code>
/// <para>Shows every check of one tunnel.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "WgTunnel")]
[OutputType(typeof(WgTunnelTest))]
public sealed class TestWgTunnelCommand : TunnelReadCmdlet
{
    /// <summary>Names of tunnels; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Tunnel")]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Addresses to ask through the tunnel. Default: the far ends of its point-to-point addresses.</summary>
    [Parameter]
    public IPAddress[] FarEnd { get; set; } = [];

    /// <summary>Milliseconds to wait for the reply to each of three echo requests.</summary>
    [Parameter]
    [ValidateRange(1, 60_000)]
    public int Timeout { get; set; } = 500;

    protected override void ProcessRecord() => ForEachTunnel(Name, tunnel => Attempt(
        () =>
        {
            using NetNamespaceHandle home = NetNamespaceHandle.Open(tunnel.Namespace);
            using WgTunnelSession session = WgTunnels.Open(tunnel.Namespace, tunnel.Name);
            WriteObject(new TunnelDiagnosis(session, tunnel, home).Run(FarEnd, TimeSpan.FromMilliseconds(Timeout), StopToken));
        },
        tunnel.Name));
}
