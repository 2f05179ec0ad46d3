using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace WgNet.Shell;

/// <summary>
/// Where the engine writes and asks. Objects and lines go to standard output; errors, warnings, verbose and debug lines and
/// progress go to standard error, so that a script's output can be piped on.
/// </summary>
internal sealed class ShellUI : PSHostUserInterface
{
    private const string Yellow = "\e[33;1m";

    private readonly Questions _questions;

    public ShellUI(bool nonInteractive)
    {
        RawUI = new ShellRawUI(Screen);
        _questions = new Questions(Screen, nonInteractive);
    }

    public Screen Screen { get; } = new();

    public override PSHostRawUserInterface RawUI { get; }

    public override bool SupportsVirtualTerminal => Screen.OutputColours;

    public override void Write(string value) => Screen.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Screen.Write(Colours.Wrap(foregroundColor, backgroundColor, value));

    public override void WriteLine(string value) => Screen.Write(value + "\n");

    // The engine's view of errors ends with an empty line, which pwsh leaves out too.
    public override void WriteErrorLine(string value)
    {
        if (!string.IsNullOrEmpty(value))
            Screen.WriteError(value + "\n");
    }

    public override void WriteWarningLine(string message) => Screen.WriteNotice(Yellow, $"WARNING: {message}");

    public override void WriteVerboseLine(string message) => Screen.WriteNotice(Yellow, $"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => Screen.WriteNotice(Yellow, $"DEBUG: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record) => Screen.WriteProgress(record);

    public override string ReadLine() => _questions.Line();

    public override SecureString ReadLineAsSecureString() => _questions.Secret();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        _questions.Fields(caption, message, descriptions);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _questions.Choice(caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        _questions.Credential(caption, message, userName);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        _questions.Credential(caption, message, userName);
}
