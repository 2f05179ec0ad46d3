using System.Management.Automation;

namespace WgNet.Shell;

/// <summary>Writes objects in order, by themselves or by properties of theirs. Equal ones stay as they came.</summary>
[Cmdlet("Sort", "Object")]
[OutputType(typeof(PSObject))]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    /// <summary>The objects to sort.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What to sort by: names, script blocks, or hash tables with Expression and Descending.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>The greatest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>Writes equal objects once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        PropertyChoice[] choices = [.. (Property ?? []).Select(property => new PropertyChoice(property))];
        bool[] down = choices.Length == 0 ? [Descending] : [.. choices.Select(choice => choice.Descending ?? Descending)];
        var keyed = _items.Select(item => (Item: item, Keys: choices.Length == 0
            ? [item]
            : choices.Select(choice => choice.Of(item).Select(found => found.Value).FirstOrDefault()).ToArray())).ToList();
        object?[]? previous = null;
        foreach ((PSObject item, object?[] keys) in keyed.OrderBy(entry => entry.Keys, Comparer<object?[]>.Create(Compare)))
        {
            if (!Unique || previous is null || Compare(previous, keys) != 0)
                WriteObject(item);
            previous = keys;
        }

        int Compare(object?[] left, object?[] right)
        {
            for (int i = 0; i < left.Length; i++)
            {
                if (Order(left[i], right[i]) is var order and not 0)
                    return down[i] ? -order : order;
            }

            return 0;
        }
    }

    // What has no order among itself is sorted as text.
    private static int Order(object? left, object? right)
    {
        try
        {
            return LanguagePrimitives.Compare(left, right, ignoreCase: true);
        }
        catch (ArgumentException)
        {
            return string.Compare(left?.ToString(), right?.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }
}
