using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>
/// Gets routes from BIRD's tables, each as soon as BIRD has sent it; whoever takes only the first ones (Select-Object -First)
/// makes BIRD stop. BIRD lists the routes of one prefix that came from several neighbours separately, the best one marked
/// primary; -Export shows what a protocol is given, which for a kernel protocol with merged paths is one route with several
/// next hops.
/// </summary>
/// <remarks>
/// <para>The cmdlet itself keeps no route. PowerShell does where the output of a command is assigned, also to $null: what is to be run through and thrown away is better sent on with &gt; $null or to Out-Null.</para>
/// </remarks>
/// <example>
/// <code>Get-BirdRoute</code>
/// <para>Lists the routes of the main tables of both address families.</para>
/// </example>
/// <example>
/// <code>Get-BirdRoute -Export KERNEL6 | Where-Object { $_.NextHops.Count -gt 1 }</code>
/// <para>Shows the multipath routes that BIRD gives to the kernel.</para>
/// </example>
/// <example>
/// <code>Get-BirdRoute -For 2001:db8:a3::1 -Detail | Format-List</code>
/// <para>Shows all routes to an address with all their attributes.</para>
/// </example>
/// <example>
/// <code>Get-BirdRoute -Filter 'bgp_path ~ [= * 65003 =]' -Primary</code>
/// <para>Lists the best routes that AS 65003 originates, chosen by BIRD itself.</para>
/// </example>
/// <example>
/// <code>Get-BirdProtocol -Type BGP -State Established | Get-BirdRoute -Count</code>
/// <para>Counts what each session brought.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdRoute", DefaultParameterSetName = "All")]
[OutputType(typeof(BirdRoute))]
[OutputType(typeof(BirdRouteCount))]
public sealed class GetBirdRouteCommand : BirdCmdlet
{
    private static readonly string?[] s_anywhere = [null];

    /// <summary>Only routes of exactly these prefixes; for an address, of the longest prefix that covers it.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Prefix", ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Prefix { get; set; }

    /// <summary>Only routes of the longest prefix that covers this address or prefix.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "For")]
    [ValidateNotNullOrEmpty]
    public string[]? For { get; set; }

    /// <summary>Only routes of this prefix and of those within it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Within")]
    [ValidateNotNullOrEmpty]
    public string[]? Within { get; set; }

    /// <summary>Only routes that this protocol made.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BirdProtocolCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Protocol { get; set; }

    /// <summary>A protocol from Get-BirdProtocol: only routes that it made.</summary>
    [Parameter(ValueFromPipeline = true)]
    [FromRemote]
    public BirdProtocol? InputObject { get; set; }

    /// <summary>The tables to look into; wildcards allowed, * means all. Default: the main tables.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BirdTableCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Table { get; set; }

    /// <summary>A condition in BIRD's filter language that the daemon itself applies.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>Only the best route of each prefix.</summary>
    [Parameter]
    public SwitchParameter Primary { get; set; }

    /// <summary>Only routes that an input filter refused and the channel kept (import keep filtered).</summary>
    [Parameter]
    public SwitchParameter Filtered { get; set; }

    /// <summary>What this protocol is given: its export filter applied, the paths of a prefix merged where it merges them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BirdProtocolCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Export { get; set; }

    /// <summary>Counts the routes of each table instead of fetching them.</summary>
    [Parameter]
    public SwitchParameter Count { get; set; }

    /// <summary>Gets all attributes of each route.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    protected override void ProcessRecord() => ForEachDaemon(client =>
    {
        // One destination that is unknown does not stop the others.
        string[] tables = Tables(client);
        if (Table is not null && tables.Length == 0)
            return;
        foreach (string? destination in Prefix ?? For ?? Within ?? s_anywhere)
            Attempt(() => Write(client, Query(destination, tables)), destination);
    });

    private void Write(BirdClient client, BirdRouteQuery query)
    {
        if (Count)
            WriteEach(client.CountRoutes(query));
        else
            WriteEach(client.Routes(query));
    }

    private BirdRouteQuery Query(string? destination, string[] tables) => new()
    {
        Prefix = Prefix is null ? null : destination,
        For = For is null ? null : destination,
        Within = Within is null ? null : destination,
        Tables = tables,
        Protocol = Protocol ?? InputObject?.Name,
        Filter = Filter,
        Export = Export,
        Primary = Primary,
        Filtered = Filtered,
        Detail = Detail,
    };

    private string[] Tables(BirdClient client)
    {
        if (Table is null)
            return [];
        if (Table.Contains("*"))
            return ["*"];
        string[]? all = null;
        return
        [
            .. Table.SelectMany(name =>
            {
                if (!WildcardPattern.ContainsWildcardCharacters(name))
                    return [name];
                var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
                return (all ??= client.Tables()).Where(pattern.IsMatch);
            }).Distinct(StringComparer.Ordinal),
        ];
    }
}
