using System.Management.Automation;

namespace WgNet.Shell;

/// <summary>Writes objects, items one by one.</summary>
[Cmdlet(VerbsCommunications.Write, "Output")]
[OutputType(typeof(PSObject))]
public sealed class WriteOutputCommand : PSCmdlet
{
    /// <summary>The objects.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>Writes a collection as one object.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            WriteObject(null);
        else
            WriteObject(InputObject is [var single] ? single : InputObject, enumerateCollection: !NoEnumerate);
    }
}

/// <summary>The time now, as an object or as text.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
[OutputType(typeof(DateTime), typeof(string))]
public sealed class GetDateCommand : PSCmdlet
{
    /// <summary>A time to take in place of now.</summary>
    [Parameter(Position = 0)]
    public DateTime Date { get; set; } = DateTime.Now;

    /// <summary>A .NET format string: writes text.</summary>
    [Parameter]
    public string? Format { get; set; }

    /// <summary>In UTC.</summary>
    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    protected override void BeginProcessing()
    {
        DateTime time = AsUTC ? Date.ToUniversalTime() : Date;
        WriteObject(Format is null ? time : time.ToString(Format, System.Globalization.CultureInfo.CurrentCulture));
    }
}

/// <summary>Waits. Ctrl+C ends it at once.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim _stopped = new();

    /// <summary>How long, in seconds.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Seconds")]
    [ValidateRange(0.0, int.MaxValue / 1000)]
    public double Seconds { get; set; }

    /// <summary>How long, in milliseconds.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds")]
    [ValidateRange(0, int.MaxValue)]
    [Alias("ms")]
    public int Milliseconds { get; set; }

    public void Dispose() => _stopped.Dispose();

    protected override void ProcessRecord() => _stopped.Wait(ParameterSetName == "Seconds" ? (int)(Seconds * 1000) : Milliseconds);

    protected override void StopProcessing() => _stopped.Set();
}

/// <summary>The folder where the session is.</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class GetLocationCommand : PSCmdlet
{
    protected override void BeginProcessing() => WriteObject(SessionState.Path.CurrentLocation);
}

/// <summary>Moves the session to another folder.</summary>
[Cmdlet(VerbsCommon.Set, "Location")]
public sealed class SetLocationCommand : PSCmdlet
{
    /// <summary>The folder. Default: the user's own.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string Path { get; set; } = "~";

    protected override void ProcessRecord()
    {
        try
        {
            SessionState.Path.SetLocation(Path);
        }
        catch (Exception caught) when (caught is IContainsErrorRecord { ErrorRecord: { } record })
        {
            WriteError(record);
        }
    }
}
