using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Gets the names in BIRD's configuration: protocols, tables, filters, functions, templates, constants.</summary>
/// <example>
/// <code>Get-BirdSymbol -Kind filter</code>
/// <para>Lists the filters.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdSymbol")]
[OutputType(typeof(BirdSymbol))]
public sealed class GetBirdSymbolCommand : BirdCmdlet
{
    /// <summary>Only these names; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only names of these kinds (protocol, routing table, filter, ...); wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    protected override void ProcessRecord() => ForEachDaemon(client =>
    {
        foreach (BirdSymbol symbol in client.Symbols())
        {
            if (IsMatch(Name, symbol.Name) && IsMatch(Kind, symbol.Kind))
                WriteObject(symbol);
        }
    });

    private static bool IsMatch(string[]? patterns, string text) =>
        patterns is null || patterns.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(text));
}
