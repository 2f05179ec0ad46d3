using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>
/// Makes random keys for WireGuard: a key pair, or with -PresharedKey a preshared key. The private key is clamped as `wg genkey` clamps it.
/// Secret keys show as (hidden); their Reveal() method gives the base64.
/// </summary>
/// <example>
/// <code>$key = New-WgKey; $key.PublicKey</code>
/// <para>Makes a key pair and shows what peers are told.</para>
/// </example>
/// <example>
/// <code>New-WgKey -PresharedKey -Count 3</code>
/// <para>Makes three preshared keys.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "WgKey", DefaultParameterSetName = "Pair")]
[OutputType(typeof(WgKey), ParameterSetName = ["Pair"])]
[OutputType(typeof(WgPresharedKey), ParameterSetName = ["Preshared"])]
public sealed class NewWgKeyCommand : WgNetCmdlet
{
    /// <summary>Makes preshared keys instead of key pairs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Preshared")]
    public SwitchParameter PresharedKey { get; set; }

    /// <summary>How many keys to make; default 1.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int Count { get; set; } = 1;

    protected override void ProcessRecord()
    {
        for (int i = 0; i < Count && !Stopping; i++)
            WriteObject(PresharedKey ? WgPresharedKey.Generate() : WgKey.Generate());
    }
}
