using System.Management.Automation;
using NSec.Cryptography;
using Tmds.Linux;

namespace WgNet.Rival;

/// <summary>Emits what its own versions say, which are loaded at that.</summary>
[Cmdlet(VerbsCommon.Get, "Rival")]
[OutputType(typeof(string))]
public sealed class GetRivalCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject($"{LibC.Owner}, {Key.Owner}");
}
