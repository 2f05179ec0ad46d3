using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Makes the private key of this machine as a gateway of the fabric where there is none yet, and emits its public key, for the fabric file.
/// A key that is there is left as it is. The private key stays in a file of mode 0600 on this machine.
/// </summary>
/// <example>
/// <code>Initialize-WgFabricKey ./paris.psd1 -Gateway V1-1</code>
/// <para>Makes the key of V1-1, and shows the public key to be put into the file.</para>
/// </example>
[Cmdlet(VerbsData.Initialize, "WgFabricKey", SupportsShouldProcess = true)]
[OutputType(typeof(WgFabricKey))]
public sealed class InitializeWgFabricKeyCommand : PlacedGatewayCmdlet
{
    protected override void ProcessRecord() => WithGateway(plan =>
    {
        WgKey? key = GatewayKeys.Read(plan);
        if (key is null)
        {
            if (!ShouldProcess($"{plan.Gateway}, {plan.Place.PrivateKeyPath}", "Make the private key"))
                return;
            key = GatewayKeys.Make(plan.Place);
        }

        WriteObject(new WgFabricKey { Gateway = plan.Gateway.Name, PublicKey = key.PublicKey, Path = plan.Place.PrivateKeyPath, IsInFabric = plan.Gateway.PublicKey is not null });
    });
}
