namespace Tmds.Linux;

/// <summary>The name that WgNet.Native calls, in an assembly that is another.</summary>
public static class LibC
{
    /// <summary>Only this LibC has it.</summary>
    public static string Owner => "the rival's LibC";
}
