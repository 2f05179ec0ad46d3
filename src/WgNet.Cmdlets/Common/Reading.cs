using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>
/// Lets a cmdlet know that it stands directly behind one of ours that only reads, so that nothing else happens between two objects. The
/// engine begins the commands of a pipeline one after the other, and hands the first object on after that.
/// </summary>
internal static class Reading
{
    [ThreadStatic]
    private static InvocationInfo? s_begun;

    /// <summary>A cmdlet begins that only reads.</summary>
    public static void Begin(InvocationInfo cmdlet) => s_begun = cmdlet;

    /// <summary>It gets its first object, or ends: what begins from now on stands in another pipeline.</summary>
    public static void End() => s_begun = null;

    /// <summary>Whether such a cmdlet is the first of a pipeline, and this one its second.</summary>
    public static bool IsBefore(InvocationInfo cmdlet) => s_begun is { PipelinePosition: 1 } first && cmdlet.PipelinePosition == 2 && first.PipelineLength == cmdlet.PipelineLength;
}
