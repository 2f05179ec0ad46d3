using System.Management.Automation;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>Keys that may be given themselves or as the path of a file.</summary>
internal static class KeyParameters
{
    /// <summary>The key, or what its file holds; null where neither was given. Fault "KeyAndPath" for both.</summary>
    public static WgPrivateKey? PrivateKeyFrom(this PSCmdlet cmdlet, WgPrivateKey? key, string? path) =>
        From(cmdlet, key, path, KeyFile.ReadPrivateKey, "PrivateKey");

    /// <summary>The key, or what its file holds; null where neither was given. Fault "KeyAndPath" for both.</summary>
    public static WgPresharedKey? PresharedKeyFrom(this PSCmdlet cmdlet, WgPresharedKey? key, string? path) =>
        From(cmdlet, key, path, KeyFile.ReadPresharedKey, "PresharedKey");

    private static T? From<T>(PSCmdlet cmdlet, T? key, string? path, Func<string, T> read, string parameter)
        where T : class
    {
        if (path is null)
            return key;
        return key is null
            ? read(cmdlet.FileOf(path))
            : throw new FaultException("KeyAndPath", FaultKind.InvalidArgument, $"Give -{parameter} or -{parameter}Path, not both.", path);
    }
}
