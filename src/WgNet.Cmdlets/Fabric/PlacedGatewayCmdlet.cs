using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that works on this machine as a gateway of the fabric.</summary>
public abstract class PlacedGatewayCmdlet : FabricCmdlet
{
    /// <summary>Which gateway this machine is. Default: the one whose Name or HostName is this machine's host name.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GatewayNameCompleter))]
    public string? Gateway { get; set; }

    /// <summary>The namespace of the encrypted side; '' is the caller's own. Default: as the fabric says.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [AllowEmptyString]
    public string? PublicNamespace { get; set; }

    /// <summary>The namespace of the clear side; '' is the caller's own. Default: as the fabric says.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [AllowEmptyString]
    public string? PrivateNamespace { get; set; }

    /// <summary>The folder of the private key, the preshared keys and BIRD's configuration. Default: /etc/wgnet/ and the fabric's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigFolder { get; set; }

    /// <summary>The folder of BIRD's control socket. Default: /run/wgnet/ and the fabric's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunFolder { get; set; }

    private protected virtual WgBackend ChosenBackend => WgBackend.Auto;

    /// <summary>Runs the work on the gateway of each fabric.</summary>
    private protected void WithGateway(Action<GatewayPlan> work) => WithFabric(fabric =>
    {
        WgFabricGateway gateway = Find(fabric);
        GatewayPlace place = GatewayPlace.OfMachine(fabric);
        work(GatewayPlan.Of(fabric, gateway, place with
        {
            PublicNamespace = PublicNamespace ?? place.PublicNamespace,
            PrivateNamespace = PrivateNamespace ?? place.PrivateNamespace,
            ConfigFolder = ConfigFolder is null ? place.ConfigFolder : this.FileOf(ConfigFolder),
            RunFolder = RunFolder is null ? place.RunFolder : this.FileOf(RunFolder),
            Backend = ChosenBackend,
        }));
    });

    private WgFabricGateway Find(WgFabric fabric)
    {
        string[] names = [.. fabric.Gateways.Select(gateway => gateway.Name)];
        if (Gateway is not null)
        {
            return fabric.Gateways.FirstOrDefault(gateway => gateway.Name == Gateway)
                ?? throw new FaultException("FabricGatewayNotFound", FaultKind.NotFound,
                    $"There is no gateway '{Gateway}' in the fabric {fabric}.{NearestName.Question(Gateway, names)}", Gateway);
        }

        string host = Environment.MachineName;
        return fabric.Gateways.FirstOrDefault(gateway => IsHost(gateway.Name, host) || IsHost(gateway.HostName, host))
            ?? throw new FaultException("FabricGatewayUnknown", FaultKind.InvalidArgument,
                $"No gateway of the fabric {fabric} is called like this machine, {host}. Say which it is with -Gateway: {Some(names)}.", host);
    }

    private static string Some(string[] names) => string.Join(", ", names.Take(20)) + (names.Length > 20 ? $" and {names.Length - 20} others" : "");

    // A host name may be given with its domain on either side.
    private static bool IsHost(string? name, string host) =>
        name is not null && (name.Equals(host, StringComparison.OrdinalIgnoreCase) || First(name).Equals(First(host), StringComparison.OrdinalIgnoreCase));

    private static string First(string name) => System.Net.IPAddress.TryParse(name, out _) ? name : name.Split('.')[0];
}
