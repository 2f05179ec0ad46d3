using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>
/// Waits until protocols of BIRD are in a state, and emits each as soon as it is. What is not there in time is an error that
/// names the state it is in.
/// </summary>
/// <example>
/// <code>Wait-BirdProtocol IBGP_* -State Established -Timeout 60</code>
/// <para>Waits up to a minute for all these sessions.</para>
/// </example>
/// <example>
/// <code>Restart-BirdProtocol IBGP_V3_1 -PassThru | Wait-BirdProtocol -State Established</code>
/// <para>Restarts a session and waits until it is up again.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "BirdProtocol")]
[OutputType(typeof(BirdProtocol))]
public sealed class WaitBirdProtocolCommand : BirdCmdlet
{
    private readonly Dictionary<string, (BirdClient Client, HashSet<string> Names)> _asked = new(StringComparer.Ordinal);

    /// <summary>The names of protocols; wildcards allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BirdProtocolCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The state to wait for, or several of which one will do: BIRD's (up, start, down) or the session's (Established, Running, ...). Default: up.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BirdStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] State { get; set; } = ["up"];

    /// <summary>How many seconds to wait for all of them together; default 30.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int Timeout { get; set; } = 30;

    protected override TimeSpan TimeLimit => TimeSpan.FromSeconds(Math.Clamp(Timeout, 1, ResponseTimeout));

    // All protocols of the pipeline are waited for together.
    protected override void ProcessRecord() => ForEachDaemon(client =>
    {
        if (!_asked.TryGetValue(client.ControlSocket, out var asked))
            _asked[client.ControlSocket] = asked = (client, new HashSet<string>(StringComparer.Ordinal));
        asked.Names.UnionWith(Choose(client, Name, detail: false).Select(protocol => protocol.Name));
    });

    protected override void EndProcessing()
    {
        List<(BirdClient Client, ProtocolWait Wait)> waits = [.. _asked.Values.Select(asked => (asked.Client, new ProtocolWait(asked.Client, asked.Names, State)))];
        int all = Pending(waits);
        bool Reached()
        {
            waits.RemoveAll(wait => !Attempt(() => WriteEach(wait.Wait.Look()), wait.Client.ControlSocket));
            return Pending(waits) == 0;
        }

        Attempt(() => Waiting.Until(this, TimeSpan.FromSeconds(Timeout), "Waiting for BIRD's protocols", Reached, StopToken, () => Progress(waits, all)));
        foreach ((BirdClient client, ProtocolWait wait) in waits)
        {
            foreach (string name in wait.Pending)
            {
                WriteFault(new FaultException("BirdProtocolTimeout", FaultKind.Timeout,
                    $"The protocol '{name}' of BIRD at '{client.ControlSocket}' is not {string.Join(" or ", State)} after {Timeout} s, but {wait.Describe(name)}. "
                    + $"Get-BirdProtocol '{name}' -Detail says more.", name));
            }
        }
    }

    private static int Pending(List<(BirdClient Client, ProtocolWait Wait)> waits) => waits.Sum(wait => wait.Wait.Pending.Count);

    private (string Status, int Percent) Progress(List<(BirdClient Client, ProtocolWait Wait)> waits, int all)
    {
        ProtocolWait wait = waits.First(one => one.Wait.Pending.Count > 0).Wait;
        string name = wait.Pending.First();
        int reached = all - Pending(waits);
        return ($"{reached} of {all} are {string.Join(" or ", State)}; {name} is {wait.Describe(name)}", 100 * reached / all);
    }
}
