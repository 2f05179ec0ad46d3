using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

namespace WgNet.Shell;

/// <summary>What the engine sees of this program.</summary>
internal sealed class ShellHost(bool nonInteractive) : PSHost
{
    private readonly ShellUI _ui = new(nonInteractive);

    /// <summary>What <c>exit</c> asked for; null while nobody did.</summary>
    public int? ExitRequest { get; set; }

    public Screen Screen => _ui.Screen;

    public override string Name => "WgNet.Shell";

    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitRequest = exitCode;

    /// <summary>A native program gets the terminal as it is: standard streams are inherited, only our own line goes.</summary>
    public override void NotifyBeginApplication() => Screen.Clear();

    public override void NotifyEndApplication()
    {
    }

    public override void EnterNestedPrompt() => throw new PSNotSupportedException("WgNet.Shell has no nested prompts.");

    public override void ExitNestedPrompt() => throw new PSNotSupportedException("WgNet.Shell has no nested prompts.");
}
