using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that changes protocols' states.</summary>
public abstract class BirdProtocolSwitch : BirdCmdlet
{
    /// <summary>The names of protocols; wildcards allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BirdProtocolCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Emits each protocol as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, as a question names it: "Restart".</summary>
    protected abstract string Action { get; }

    /// <summary>Does it.</summary>
    protected abstract BirdReplyLine Switch(BirdClient client, string name);

    protected override bool IsReadOnly => false;

    protected override void ProcessRecord() => ForEachDaemon(client =>
    {
        foreach (BirdProtocol protocol in Choose(client, Name, detail: false))
        {
            if (ShouldProcess($"protocol '{protocol.Name}' of BIRD at '{client.ControlSocket}'", Action))
                Attempt(() => Change(client, protocol.Name), protocol.Name);
        }
    });

    private void Change(BirdClient client, string name)
    {
        WriteVerbose($"BIRD at '{client.ControlSocket}': {Switch(client, name).Text}");
        if (PassThru)
            WriteEach(client.Protocols(name));
    }
}

/// <summary>Enables protocols of BIRD that are disabled; one that is enabled already stays as it is.</summary>
/// <example>
/// <code>Enable-BirdProtocol IBGP_V3_1 -PassThru</code>
/// <para>Lets the session come up, and shows what state it is in.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "BirdProtocol", SupportsShouldProcess = true)]
[OutputType(typeof(BirdProtocol))]
public sealed class EnableBirdProtocolCommand : BirdProtocolSwitch
{
    protected override string Action => "Enable";

    protected override BirdReplyLine Switch(BirdClient client, string name) => client.EnableProtocol(name);
}

/// <summary>Disables protocols of BIRD: sessions close and the routes that they brought go. Lasts until it is enabled, or BIRD is restarted.</summary>
/// <example>
/// <code>Get-BirdProtocol -Type BGP | Disable-BirdProtocol -WhatIf</code>
/// <para>Shows which sessions would be closed.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "BirdProtocol", SupportsShouldProcess = true)]
[OutputType(typeof(BirdProtocol))]
public sealed class DisableBirdProtocolCommand : BirdProtocolSwitch
{
    protected override string Action => "Disable";

    protected override BirdReplyLine Switch(BirdClient client, string name) => client.DisableProtocol(name);
}

/// <summary>Takes protocols of BIRD down and up again; after a failure this ends the wait for the next attempt.</summary>
/// <example>
/// <code>Get-BirdProtocol -Type BGP -State Idle | Restart-BirdProtocol</code>
/// <para>Makes the sessions that wait after an error try again at once.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Restart, "BirdProtocol", SupportsShouldProcess = true)]
[OutputType(typeof(BirdProtocol))]
public sealed class RestartBirdProtocolCommand : BirdProtocolSwitch
{
    protected override string Action => "Restart";

    protected override BirdReplyLine Switch(BirdClient client, string name) => client.RestartProtocol(name);
}

/// <summary>
/// Sends the routes of BIRD's protocols through their filters again, after something that a filter depends on has changed. The
/// sessions stay up. With -Direction In those that a protocol brought, with Out those that it is given.
/// </summary>
/// <example>
/// <code>Sync-BirdProtocol IBGP_* -Direction In</code>
/// <para>Looks again at all that the neighbours sent.</para>
/// </example>
[Cmdlet(VerbsData.Sync, "BirdProtocol", SupportsShouldProcess = true)]
[OutputType(typeof(BirdProtocol))]
public sealed class SyncBirdProtocolCommand : BirdProtocolSwitch
{
    /// <summary>In: what the protocols brought. Out: what they are given. Both is the default.</summary>
    [Parameter]
    public BirdReload Direction { get; set; }

    protected override string Action => Direction == BirdReload.Both ? "Reload" : $"Reload {Direction}";

    protected override BirdReplyLine Switch(BirdClient client, string name) => client.ReloadProtocol(name, Direction);
}
