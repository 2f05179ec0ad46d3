using System.Diagnostics;
using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Builds a fabric as network namespaces on this machine: a public and a private namespace for each gateway, a router for each site, the
/// public network, the tunnels and the routing. Each gateway is made by the code that makes a real one.
/// </summary>
/// <remarks>
/// <para>A lab that is up already is brought to what the file says now: sites, gateways and tunnels come and go, and what stays the same is not touched, down to its WireGuard sessions and BGP sessions. So edit the file, and start the lab again.</para>
/// <para>The namespaces are called LAB-GATEWAY, LAB-GATEWAY.private, LAB-R1 for the router of the site of number 1, and LAB-switch. A router has the first address of each of its site's prefixes and sixteen more; with the sites' networks having the tunnels' MTU. All endpoints are on one link; an endpoint that is a host name gets an address of the lab's own.</para>
/// <para>Everything else is in /run/wgnet/labs/LAB, for root alone: the gateways' private keys (made here, each gateway its own), BIRD's configurations and control sockets. It goes when the lab is stopped, or with a reboot. Ctrl+C takes back a lab that was not up before.</para>
/// </remarks>
/// <example>
/// <code>$lab = Start-WgFabricLab "$((Get-Module WgNet).ModuleBase)/samples/article.psd1" -Wait</code>
/// <para>Builds the article's three sites, and waits until everything works.</para>
/// </example>
/// <example>
/// <code>Get-WgPeer -Namespace (Get-WgFabricLab article).Gateways.Namespace</code>
/// <para>Shows all peers of a lab.</para>
/// </example>
/// <example>
/// <code>Start-WgFabricLab ./paris.psd1 -Name try1; Test-WgFabric -Lab try1; Stop-WgFabricLab try1</code>
/// <para>Tries a fabric beside other labs, and takes it down.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "WgFabricLab", SupportsShouldProcess = true)]
[OutputType(typeof(WgFabricLab))]
public sealed class StartWgFabricLabCommand : FabricCmdlet
{
    /// <summary>The lab's name, which its namespaces' names begin with. Default: the fabric's.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(LabNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Kernel, Userspace (wireguard-go), or Auto: the kernel's WireGuard where there is one.</summary>
    [Parameter]
    public WgBackend Backend { get; set; }

    /// <summary>Gives the gateways the article's keys instead of fresh ones. They are published: for labs only.</summary>
    [Parameter]
    public SwitchParameter ArticleKeys { get; set; }

    /// <summary>BIRD's program: a name on the PATH, or a path. Default: bird.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Bird { get; set; } = "bird";

    /// <summary>Waits until every BGP session is established and every kernel has all its ways to the other sites.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many seconds -Wait waits at most.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int Timeout { get; set; } = 120;

    protected override void ProcessRecord() => WithFabric(fabric =>
    {
        var options = new LabOptions(Name ?? fabric.Name) { Backend = Backend, ArticleKeys = ArticleKeys, Bird = Bird.Contains('/') ? this.FileOf(Bird) : Bird };
        if (!ShouldProcess(options.Name, $"Start a lab of {fabric.Sites.Length} sites and {fabric.Gateways.Count()} gateways"))
            return;
        long start = Stopwatch.GetTimestamp();
        WgFabricLab lab;
        using (var progress = new LabProgress(this, $"Starting the lab '{options.Name}'", StopToken))
            lab = new LabStart(options, progress.Tell, WriteWarning).Run(fabric, StopToken);
        if (Wait)
            lab = Settled(lab, start);
        WriteObject(lab);
    });

    private WgFabricLab Settled(WgFabricLab lab, long start)
    {
        using var watch = new LabWatch(Labs.Find(lab.Name), StopToken);
        string? missing = null;
        if (Waiting.Until(this, TimeSpan.FromSeconds(Timeout), $"Waiting for the lab '{lab.Name}' to work", () => (missing = watch.Missing()) is null, StopToken))
            return lab with { Settled = Stopwatch.GetElapsedTime(start) };
        WriteFault(new FaultException("LabNotSettled", FaultKind.Timeout,
            $"The lab '{lab.Name}' is up, but does not work within {Timeout} s: {missing}. Test-WgFabric -Lab {lab.Name} tells more.", lab.Name));
        return lab;
    }
}
