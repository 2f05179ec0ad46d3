using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Writes the files that a fabric means for its gateways, for those who bring them there by other means: in a folder for each gateway a
/// WireGuard configuration for every tunnel, as `wg setconf` reads it, and bird.conf. All of them are written or none.
/// </summary>
/// <remarks>
/// No secret is in them: a comment stands where the private key belongs. Interfaces, namespaces and addresses are in comments too, since
/// `wg setconf` does not know them. bird.conf includes what the operator puts into the folder bird.d beside it. On a gateway itself Invoke-WgFabric does all of it.
/// </remarks>
/// <example>
/// <code>Export-WgFabric ./paris.psd1 -Gateway V1-1 -Path ./files</code>
/// <para>Writes files/V1-1/wg3.conf and its like, and files/V1-1/bird.conf.</para>
/// </example>
/// <example>
/// <code>Import-WgFabric ./paris.psd1 | Export-WgFabric -Path ./files -Force -PassThru</code>
/// <para>Writes the folders of all gateways anew, and emits them.</para>
/// </example>
[Cmdlet(VerbsData.Export, "WgFabric", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportWgFabricCommand : GatewayCmdlet
{
    /// <summary>The folder in which the gateways' folders are written; made if it is not there.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces gateways' folders that exist, unless something else is in them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the folders.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => WithFabric(fabric =>
    {
        string parent = this.FileOf(Path);
        WgFabricGateway[] gateways = [.. Chosen(fabric).Where(gateway => ShouldProcess($"{parent}/{gateway.Name}", "Write the gateway's files"))];
        if (gateways.Length == 0)
            return;
        WarnOfKeys(fabric, gateways);
        GatewayFiles.Write(
            parent,
            [.. gateways.Select(gateway => (gateway.Name, GatewayFiles.Of(GatewayPlan.Of(fabric, gateway, GatewayFiles.Anywhere(fabric)))))],
            Force);
        if (PassThru)
            WriteObject(gateways.Select(gateway => new DirectoryInfo($"{parent}/{gateway.Name}")), enumerateCollection: true);
    });

    private void WarnOfKeys(WgFabric fabric, WgFabricGateway[] gateways)
    {
        string[] unknown = [.. fabric.Gateways.Where(gateway => gateway.PublicKey is null && Array.Exists(gateways, one => fabric.Joins.Join(one, gateway))).Select(gateway => gateway.Name)];
        if (unknown.Length > 0)
            WriteWarning($"Comments stand in place of the public keys of {string.Join(", ", unknown)}: the fabric does not have them yet.");
    }
}
