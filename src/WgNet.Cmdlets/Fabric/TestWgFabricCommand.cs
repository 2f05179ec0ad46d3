using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Tests whether a fabric carries traffic: in a lab between all sites, in both families and over every tunnel; on a gateway, over its own tunnels.
/// With -FailOver it makes gateways and tunnels of a lab fail, and measures what each flow loses.
/// </summary>
/// <remarks>
/// <para>Without -FailOver it emits one object a check. Tunnel: the far end of each tunnel answers. Mtu: the largest packet passes unbroken, and one byte more is refused. Reach: hosts of one site reach those of another, in many flows. Balance: these flows use all the tunnels between the two sites, as the tunnels' own counters show.</para>
/// <para>With -FailOver it takes down each gateway in turn, first wholly (its cables are unplugged at the switches) and then one of its tunnels (black-holed, so that nobody is told), while echo requests go along many flows every 20 ms; repairs it; and emits what the flows between two sites lost. Ctrl+C repairs what is broken.</para>
/// </remarks>
/// <example>
/// <code>Test-WgFabric</code>
/// <para>Tests the lab that is up.</para>
/// </example>
/// <example>
/// <code>Test-WgFabric -Lab article | Where-Object -Not Passed | Format-List</code>
/// <para>Shows what does not work in a lab, why, and what to do.</para>
/// </example>
/// <example>
/// <code>Test-WgFabric -Lab article -FailOver -Gateway V1-1</code>
/// <para>Measures what flows lose when V1-1 fails.</para>
/// </example>
/// <example>
/// <code>Test-WgFabric -Fabric /etc/wgnet/paris.psd1 -Gateway paris1</code>
/// <para>On the gateway paris1 itself: tests its tunnels.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "WgFabric", DefaultParameterSetName = "Lab")]
[OutputType(typeof(WgFabricTest), typeof(WgFabricOutage))]
public sealed class TestWgFabricCommand : WgNetCmdlet
{
    /// <summary>The lab to test. Default: the one that is up.</summary>
    [Parameter(Position = 0, ParameterSetName = "Lab", ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(LabNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Lab { get; set; }

    /// <summary>The fabric to test: the path of its file, or what Import-WgFabric emits. Its lab where that is up, else this machine as the -Gateway.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Fabric", ValueFromPipeline = true)]
    [ValidateNotNull]
    public WgFabricSource Fabric { get; set; } = null!;

    /// <summary>Names of gateways, wildcards allowed: tests their tunnels only, or makes them fail. On a gateway, its own name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabGatewayCompleter))]
    [SupportsWildcards]
    public string[]? Gateway { get; set; }

    /// <summary>Names of sites, wildcards allowed: tests traffic from these only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabSiteCompleter))]
    [SupportsWildcards]
    public string[]? From { get; set; }

    /// <summary>Names of sites, wildcards allowed: tests traffic to these only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabSiteCompleter))]
    [SupportsWildcards]
    public string[]? To { get; set; }

    /// <summary>Makes gateways and tunnels of the lab fail, and measures what the flows lose. It takes a quarter of a minute and more for each gateway.</summary>
    [Parameter]
    public SwitchParameter FailOver { get; set; }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Lab")
            Attempt(() => TestLab(FindLab()), Lab);
        else if (Fabric.Fabric is { } known)
            Attempt(() => TestFabric(known), known.Name);
        else
            this.ReadFabrics(Fabric.Path!, Fabric.IsLiteral, fabric => Attempt(() => TestFabric(fabric), fabric.Name), fault => WriteFault(fault, Fabric.Path));
    }

    private LabRecord FindLab() => Lab is not null ? Labs.Find(Lab) : LabRecord.Names() switch
    {
        [var only] => Labs.Find(only),
        [] => throw new FaultException("LabNotFound", FaultKind.NotFound, "There is no lab on this machine. Start-WgFabricLab makes one; on a gateway give -Fabric and -Gateway."),
        var several => throw new FaultException("LabNotChosen", FaultKind.InvalidArgument, $"There are several labs: {string.Join(", ", several)}. Choose one with -Lab."),
    };

    private void TestFabric(WgFabric fabric)
    {
        if (LabRecord.Names().Contains(fabric.Name, StringComparer.Ordinal))
        {
            TestLab(Labs.Find(fabric.Name));
            return;
        }

        if (FailOver || Gateway is null)
        {
            throw new FaultException("LabNotFound", FaultKind.NotFound,
                $"The fabric '{fabric.Name}' has no lab of its name on this machine: Start-WgFabricLab makes one. On one of its gateways give the -Gateway's name, without -FailOver.", fabric.Name);
        }

        foreach (WgFabricGateway gateway in Choose(fabric, Gateway))
        {
            var plan = GatewayPlan.Of(fabric, gateway, GatewayPlace.OfMachine(fabric));
            WriteEach(TunnelChecks.Of(plan, _ => true, StopToken));
        }
    }

    private void TestLab(LabRecord record)
    {
        WgFabric fabric = record.Fabric;
        WgFabricGateway[] gateways = Choose(fabric, Gateway);
        HashSet<string> from = Sites(fabric, From, nameof(From)), to = Sites(fabric, To, nameof(To));
        if (FailOver)
        {
            using var progress = new LabProgress(this, $"Testing the fail-over of the lab '{record.Name}'", StopToken);
            var test = new FailOverTest(record, progress.Tell, StopToken);
            bool Wanted(WgFabricSite one, WgFabricSite other) => from.Contains(one.Name) && to.Contains(other.Name);
            WriteEach(test.Run([.. gateways.Where(gateway => From is null && To is null || from.Contains(gateway.Site) || to.Contains(gateway.Site))], Wanted));
            return;
        }

        using var told = new LabProgress(this, $"Testing the lab '{record.Name}'", StopToken);
        int done = 0;
        WgFabricGateway[] ends = [.. gateways.Where(gateway => from.Contains(gateway.Site))];
        HashSet<string> far = [.. fabric.Gateways.Where(gateway => to.Contains(gateway.Site)).Select(gateway => gateway.Name)];
        (WgFabricSite One, WgFabricSite Other)[] pairs = Gateway is not null ? [] : [.. fabric.Sites.Where(site => from.Contains(site.Name))
            .SelectMany(site => fabric.Sites.Where(other => other != site && to.Contains(other.Name)).Select(other => (site, other)))];
        foreach (WgFabricGateway gateway in ends)
        {
            told.Tell($"Tunnels of {gateway.Name}", done++, ends.Length + pairs.Length);
            WriteEach(TunnelChecks.Of(GatewayPlan.Of(fabric, gateway, LabPaths.Place(record.Name, gateway, record.Backend)), far.Contains, StopToken));
        }

        var sites = new SiteChecks(record, StopToken);
        foreach ((WgFabricSite one, WgFabricSite other) in pairs)
        {
            told.Tell($"{one.Name} to {other.Name}", done++, ends.Length + pairs.Length);
            WriteEach(sites.Between(one, other));
        }
    }

    // PowerShell's own enumeration would wrap a fault on the way into an exception of its own.
    private void WriteEach<T>(IEnumerable<T> results)
    {
        foreach (T result in results)
            WriteObject(result);
    }

    private static WgFabricGateway[] Choose(WgFabric fabric, string[]? names)
    {
        var filter = new NameFilter(names);
        WgFabricGateway[] chosen = [.. fabric.Gateways.Where(gateway => filter.Matches(gateway.Name))];
        return filter.Unmatched.FirstOrDefault() is { } missing
            ? throw new FaultException("FabricGatewayNotFound", FaultKind.NotFound,
                $"The fabric '{fabric.Name}' has no gateway '{missing}'. It has: {string.Join(", ", fabric.Gateways.Select(gateway => gateway.Name).Take(20))}.", missing)
            : chosen;
    }

    private static HashSet<string> Sites(WgFabric fabric, string[]? names, string parameter)
    {
        var filter = new NameFilter(names);
        HashSet<string> chosen = [.. fabric.Sites.Select(site => site.Name).Where(filter.Matches)];
        return filter.Unmatched.FirstOrDefault() is { } missing
            ? throw new FaultException("FabricSiteNotFound", FaultKind.NotFound,
                $"-{parameter}: the fabric '{fabric.Name}' has no site '{missing}'. It has: {string.Join(", ", fabric.Sites.Select(site => site.Name).Take(20))}.", missing)
            : chosen;
    }
}
