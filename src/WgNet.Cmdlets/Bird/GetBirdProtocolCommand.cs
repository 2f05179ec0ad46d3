using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>
/// Gets BIRD's protocols: the sessions with neighbours, and the connections to the kernel, to interfaces and between tables.
/// With -Detail also their neighbours, timers, capabilities, last errors, and the channels with their filters and route counts.
/// </summary>
/// <example>
/// <code>Get-BirdProtocol</code>
/// <para>Lists all protocols with their states.</para>
/// </example>
/// <example>
/// <code>Get-BirdProtocol -Type BGP -State start, down</code>
/// <para>Lists the BGP sessions that are not up.</para>
/// </example>
/// <example>
/// <code>(Get-BirdProtocol IBGP_* -Detail).Channels</code>
/// <para>Shows how many routes each of these sessions takes and gives.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BirdProtocol")]
[OutputType(typeof(BirdProtocol))]
public sealed class GetBirdProtocolCommand : BirdCmdlet
{
    /// <summary>The names of protocols; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BirdProtocolCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Gets everything that BIRD knows of each, its channels too.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    /// <summary>Only protocols of these kinds (BGP, OSPF, Kernel, Static, ...); wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Only protocols in one of these states: BIRD's (up, start, down) or the session's (Established, Idle, ...).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BirdStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    protected override void ProcessRecord() => ForEachDaemon(client =>
    {
        foreach (BirdProtocol protocol in Choose(client, Name, Detail))
        {
            if (IsOfType(protocol) && IsInState(protocol))
                WriteObject(protocol);
        }
    });

    private bool IsOfType(BirdProtocol protocol) =>
        Type is null || Type.Any(type => new WildcardPattern(type, WildcardOptions.IgnoreCase).IsMatch(protocol.Protocol));

    private bool IsInState(BirdProtocol protocol) => State is null || State.Any(state =>
        state.Equals(protocol.State, StringComparison.OrdinalIgnoreCase) || state.Equals(protocol.SessionState, StringComparison.OrdinalIgnoreCase));
}
