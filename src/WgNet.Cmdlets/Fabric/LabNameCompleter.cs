using System.Collections;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>Completes names of labs.</summary>
public sealed class LabNameCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound) => LabRecord.Names();
}

/// <summary>Completes names of sites of the lab that is tested.</summary>
public sealed class LabSiteCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound) => LabFabrics(bound).SelectMany(fabric => fabric.Sites).Select(site => site.Name).Distinct();

    internal static IEnumerable<WgFabric> LabFabrics(IDictionary bound) => (Bound(bound, "Lab") is { } name ? [name] : LabRecord.Names())
        .Select(LabRecord.Read).OfType<LabRecord>().Select(record => record.Fabric);
}

/// <summary>Completes names of gateways of the lab that is tested.</summary>
public sealed class LabGatewayCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound) => LabSiteCompleter.LabFabrics(bound).SelectMany(fabric => fabric.Gateways).Select(gateway => gateway.Name).Distinct();
}
