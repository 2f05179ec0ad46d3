namespace NSec.Cryptography;

/// <summary>The name that WgNet.Native calls, in an assembly that is another.</summary>
public static class Key
{
    /// <summary>Only this Key has it.</summary>
    public static string Owner => "the rival's Key";
}
