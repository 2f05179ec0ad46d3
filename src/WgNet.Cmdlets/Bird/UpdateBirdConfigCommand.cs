using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>
/// Makes BIRD load its configuration. A file with an error changes nothing; the error names the file, line and column, and the
/// exception has them as properties. With -Timeout BIRD goes back to the configuration before, unless -Confirmed follows in time:
/// for changes that may cut off the session they are made in.
/// </summary>
/// <example>
/// <code>Update-BirdConfig -Check</code>
/// <para>Reads the configuration and changes nothing.</para>
/// </example>
/// <example>
/// <code>Update-BirdConfig -Timeout 60; Update-BirdConfig -Confirmed</code>
/// <para>Loads the configuration for a minute, then keeps it.</para>
/// </example>
/// <example>
/// <code>Update-BirdConfig -Undo</code>
/// <para>Goes back to the configuration before the last change.</para>
/// </example>
[Cmdlet(VerbsData.Update, "BirdConfig", SupportsShouldProcess = true, DefaultParameterSetName = "Apply")]
[OutputType(typeof(BirdConfigResult))]
public sealed class UpdateBirdConfigCommand : BirdCmdlet
{
    public UpdateBirdConfigCommand() => ResponseTimeout = 60;

    /// <summary>The configuration file, which BIRD itself must be able to read. Default: the one that BIRD was started with.</summary>
    [Parameter(Position = 0, ParameterSetName = "Apply")]
    [Parameter(Position = 0, ParameterSetName = "Check")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Reads the configuration and changes nothing.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Check")]
    public SwitchParameter Check { get; set; }

    /// <summary>Goes back to the configuration before after so many seconds, unless it is confirmed.</summary>
    [Parameter(ParameterSetName = "Apply")]
    [ValidateRange(1, 86400)]
    public int Timeout { get; set; }

    /// <summary>Does not send routes through filters anew that have changed.</summary>
    [Parameter(ParameterSetName = "Apply")]
    public SwitchParameter Soft { get; set; }

    /// <summary>Goes back to the configuration before.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Undo")]
    public SwitchParameter Undo { get; set; }

    /// <summary>Keeps the configuration that was loaded with -Timeout.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Confirmed")]
    public SwitchParameter Confirmed { get; set; }

    protected override bool IsReadOnly => false;

    protected override void ProcessRecord() => ForEachDaemon(client =>
    {
        string? file = Path is null ? null : this.FileOf(Path);
        if (Check)
            WriteObject(client.CheckConfiguration(file));
        else if (ShouldProcess($"BIRD at '{client.ControlSocket}'", Question(file)))
            WriteObject(Undo ? client.UndoConfiguration() : Confirmed ? client.ConfirmConfiguration() : client.Configure(file, Soft, Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null));
    });

    private string Question(string? file) => Undo ? "Go back to the configuration before"
        : Confirmed ? "Keep the configuration"
        : (file is null ? "Load the configuration" : $"Load the configuration '{file}'") + (Timeout > 0 ? $" for {Timeout} s" : "");
}
