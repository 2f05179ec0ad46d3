using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the interfaces as BIRD sees them, with their addresses.</summary>
/// <example>
/// <code>Get-BirdInterface wg*</code>
/// <para>Shows whether BIRD takes the tunnels for up.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdInterface")]
[OutputType(typeof(BirdInterface))]
public sealed class GetBirdInterfaceCommand : BirdCmdlet
{
    /// <summary>The names of interfaces; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    protected override void ProcessRecord() => ForEachDaemon(client =>
    {
        BirdInterface[] all = [.. client.Interfaces()];
        foreach (BirdInterface one in all.Where(one => Name is null || Name.Any(name => IsMatch(name, one))))
            WriteObject(one);
        foreach (string missing in (Name ?? []).Where(name => !WildcardPattern.ContainsWildcardCharacters(name) && !all.Any(one => IsMatch(name, one))))
        {
            WriteFault(new FaultException("BirdInterfaceNotFound", FaultKind.NotFound,
                $"BIRD at '{client.ControlSocket}' sees no interface '{missing}'. It sees those of its own network namespace only.", missing));
        }
    });

    private static bool IsMatch(string name, BirdInterface one) => WildcardPattern.ContainsWildcardCharacters(name)
        ? new WildcardPattern(name).IsMatch(one.Name)
        : name == one.Name;
}
