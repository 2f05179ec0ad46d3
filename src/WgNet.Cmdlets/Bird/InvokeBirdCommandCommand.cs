using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>
/// Sends commands to BIRD as birdc does, and emits the lines of its replies with their codes: for everything that has no
/// cmdlet of its own. All commands of one call share one session. A refusal is an error, whose exception has the code.
/// </summary>
/// <example>
/// <code>Invoke-BirdCommand 'show memory'</code>
/// <para>Shows how much memory BIRD uses.</para>
/// </example>
/// <example>
/// <code>Invoke-BirdCommand 'show static' -ReadOnly</code>
/// <para>Asks in a session that cannot change anything, whatever the command says.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "BirdCommand", SupportsShouldProcess = true)]
[OutputType(typeof(BirdReplyLine))]
public sealed class InvokeBirdCommandCommand : BirdCmdlet
{
    /// <summary>The commands, each one line of birdc's language.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = [];

    /// <summary>Gives up the right to change anything first: BIRD then refuses every command that would.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    protected override bool IsReadOnly => ReadOnly;

    protected override bool KeepsTimeFormat => true;

    protected override void ProcessRecord() => ForEachDaemon(client =>
    {
        foreach (string command in Command)
        {
            // What only shows needs no leave.
            if (ReadOnly || command.TrimStart().StartsWith("show ", StringComparison.Ordinal) || ShouldProcess($"BIRD at '{client.ControlSocket}'", command))
                Attempt(() => WriteEach(client.Run(command)), command);
        }
    });
}
