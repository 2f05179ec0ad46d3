using System.Management.Automation;

namespace WgNet.Bench.Empty;

/// <summary>Emits objects that hold nothing: what the engine itself costs.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet
{
    /// <summary>How many.</summary>
    [Parameter]
    public int Count { get; set; }

    protected override void ProcessRecord()
    {
        for (int i = 0; i < Count; i++)
            WriteObject(new Nothing());
    }
}

/// <summary>The smallest object.</summary>
public sealed class Nothing;
