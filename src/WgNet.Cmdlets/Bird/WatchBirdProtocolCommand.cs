using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>
/// Emits changes of BIRD's protocols as objects, until it is stopped: what comes up, goes down, appears or is gone. A protocol
/// that went down and came back between two looks is told of too, since the time of its last change is another.
/// </summary>
/// <example>
/// <code>Watch-BirdProtocol IBGP_*</code>
/// <para>Shows how sessions fail and come back; Ctrl+C ends it.</para>
/// </example>
/// <example>
/// <code>Watch-BirdProtocol IBGP_V3_1 | Select-Object -First 1</code>
/// <para>Waits for the next thing that happens to a session.</para>
/// </example>
[Cmdlet(VerbsCommon.Watch, "BirdProtocol")]
[OutputType(typeof(BirdProtocolChange))]
public sealed class WatchBirdProtocolCommand : BirdCmdlet
{
    /// <summary>The names of protocols; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BirdProtocolCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>How many milliseconds to let pass between two looks; default 250.</summary>
    [Parameter]
    [ValidateRange(10, 60_000)]
    public int Interval { get; set; } = 250;

    protected override void ProcessRecord()
    {
        var watches = new List<ProtocolWatch>();
        ForEachDaemon(client =>
        {
            var watch = new ProtocolWatch(client);
            watch.Look();
            watches.Add(watch);
        });
        while (watches.Count > 0)
        {
            StopToken.WaitHandle.WaitOne(Interval);
            if (StopToken.IsCancellationRequested)
                throw new PipelineStoppedException();
            foreach (ProtocolWatch watch in watches)
            {
                foreach (BirdProtocolChange change in watch.Look())
                {
                    if (IsMatch(change))
                        WriteObject(change);
                }
            }
        }
    }

    // What happens to the daemon itself happens to all of them.
    private bool IsMatch(BirdProtocolChange change) => Name is null || change.Name is null
        || Name.Any(name => new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(change.Name));
}
