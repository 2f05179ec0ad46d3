using System.Management.Automation;

namespace WgNet.Shell;

/// <summary>Takes some of the objects, or some of their properties.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
[OutputType(typeof(PSObject))]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = [];
    private readonly List<PSObject> _seen = [];
    private int _skipped;
    private int _written;
    private PropertyChoice[] _choices = [];

    /// <summary>The objects to choose from.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties to keep: names, patterns, script blocks, or hash tables with Name and Expression.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Properties to leave out of those: names or patterns.</summary>
    [Parameter]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>Writes this property's value, its items one by one, in place of the object.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>Takes the first so many and ends the pipeline then.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    /// <summary>Takes the last so many.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>Leaves out the first so many.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>Writes equal objects once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void BeginProcessing()
    {
        object[] wanted = Property ?? (ExcludeProperty is null ? [] : ["*"]);
        _choices = [.. wanted.Select(property => new PropertyChoice(property))];
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null || _skipped++ < Skip)
            return;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Last)))
        {
            _last.Enqueue(InputObject);
            if (_last.Count > Last)
                _last.Dequeue();
            return;
        }

        if (_written < First)
            Take(InputObject);
        if (_written >= First)
            EngineInternals.EndUpstream(this);
    }

    protected override void EndProcessing()
    {
        foreach (PSObject item in _last)
            Take(item);
    }

    private void Take(PSObject item)
    {
        _written++;
        PSObject result = _choices.Length > 0 ? Chosen(item) : item;
        if (Unique)
        {
            if (_seen.Any(other => Same(other, result)))
                return;
            _seen.Add(result);
        }

        if (ExpandProperty is null)
            WriteObject(result);
        else if (item.Properties[ExpandProperty] is { } property)
            WriteObject(property.Value, enumerateCollection: true);
        else
            WriteError(new ErrorRecord(new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
    }

    private PSObject Chosen(PSObject item)
    {
        var result = new PSObject();
        result.TypeNames.Insert(0, $"Selected.{item.TypeNames[0]}");
        foreach ((string name, object? value) in _choices.SelectMany(choice => choice.Of(item)))
        {
            bool excluded = ExcludeProperty?.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name)) == true;
            if (!excluded && result.Properties[name] is null)
                result.Properties.Add(new PSNoteProperty(name, value));
        }

        return result;
    }

    private bool Same(PSObject left, PSObject right) => _choices.Length == 0
        ? LanguagePrimitives.Equals(left, right)
        : left.Properties.All(property => LanguagePrimitives.Equals(property.Value, right.Properties[property.Name]?.Value));
}
