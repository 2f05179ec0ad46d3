using System.Management.Automation;

namespace WgNet.Shell;

/// <summary>
/// Counts objects, and sums up a property of theirs. Remote sessions need it: a client that enters a session asks the far side how
/// many commands it has.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
[OutputType(typeof(PSObject))]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<double> _values = [];
    private int _count;

    /// <summary>The objects to measure.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The property to measure; without it, the objects are counted or measured themselves.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Property { get; set; }

    /// <summary>Writes the sum.</summary>
    [Parameter]
    public SwitchParameter Sum { get; set; }

    /// <summary>Writes the mean.</summary>
    [Parameter]
    public SwitchParameter Average { get; set; }

    /// <summary>Writes the greatest value.</summary>
    [Parameter]
    public SwitchParameter Maximum { get; set; }

    /// <summary>Writes the least value.</summary>
    [Parameter]
    public SwitchParameter Minimum { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        object? value = Property is null ? InputObject : InputObject.Properties[Property]?.Value;
        if (value is null)
            return;
        _count++;
        if ((Sum || Average || Maximum || Minimum) && LanguagePrimitives.TryConvertTo(value, out double number))
            _values.Add(number);
    }

    protected override void EndProcessing()
    {
        var result = new PSObject();
        result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GenericMeasureInfo");
        Add("Count", _count);
        Add("Average", Average && _values.Count > 0 ? _values.Average() : null);
        Add("Sum", Sum && _values.Count > 0 ? _values.Sum() : null);
        Add("Maximum", Maximum && _values.Count > 0 ? _values.Max() : null);
        Add("Minimum", Minimum && _values.Count > 0 ? _values.Min() : null);
        Add("Property", Property);
        WriteObject(result);

        void Add(string name, object? value) => result.Properties.Add(new PSNoteProperty(name, value));
    }
}
