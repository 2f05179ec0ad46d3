using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace WgNet.Shell;

/// <summary>The text that the screen would show, as one string or, with -Stream, as lines.</summary>
[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _text = new() { NewLine = "\n" };

    /// <summary>Columns to fill. Default: as many as the objects need.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    /// <summary>Writes one string a line.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    protected override void BeginProcessing()
    {
        EngineInternals.AttachTextOutput(this, _text, Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        string text = _text.ToString();
        if (Stream)
            WriteObject(text.TrimEnd('\n').Split('\n'), enumerateCollection: true);
        else
            WriteObject(text);
    }
}
