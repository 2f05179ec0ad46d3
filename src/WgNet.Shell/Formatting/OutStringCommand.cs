using System.Management.Automation;

namespace WgNet.Shell;

/// <summary>The text that the terminal would show, as one string or, with -Stream, as lines.</summary>
[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    /// <summary>The objects to show.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Columns to fill. Default: the terminal's.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    /// <summary>Writes one string a line.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _objects.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        string text = ScreenCapture.Of(Width, () => InvokeCommand.InvokeScript("$input | Out-Host", false, System.Management.Automation.Runspaces.PipelineResultTypes.None, _objects));
        if (Stream)
            WriteObject(text.TrimEnd('\n').Split('\n'), enumerateCollection: true);
        else
            WriteObject(text);
    }
}
