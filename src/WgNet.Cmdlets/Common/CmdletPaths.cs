using System.Collections.ObjectModel;
using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>PowerShell paths as files of the machine.</summary>
internal static class CmdletPaths
{
    /// <summary>The file that a path without wildcards stands for; it need not exist. Fault "InvalidPath".</summary>
    public static string FileOf(this PSCmdlet cmdlet, string path)
    {
        try
        {
            string file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            RequireFileSystem(path, provider);
            return file;
        }
        catch (ProviderNotFoundException) when (path.StartsWith('/'))
        {
            // A restricted session (a role) does not show its providers. There a path from the root on can only be a file.
            return Path.GetFullPath(path);
        }
        catch (SessionStateException caught)
        {
            throw new FaultException("InvalidPath", FaultKind.InvalidArgument, caught.Message, path, caught);
        }
    }

    /// <summary>The files that a path with wildcards means: none for a pattern that nothing matches. Fault "FileNotFound" for a plain path.</summary>
    public static IReadOnlyList<string> FilesOf(this PSCmdlet cmdlet, string path)
    {
        // A plain path may be a device or a pipe (/dev/fd/3), which PowerShell's provider would not list.
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return [cmdlet.FileOf(path)];
        try
        {
            Collection<string> files = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            RequireFileSystem(path, provider);
            return files;
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
        catch (SessionStateException caught)
        {
            throw new FaultException("InvalidPath", FaultKind.InvalidArgument, caught.Message, path, caught);
        }
    }

    private static void RequireFileSystem(string path, ProviderInfo provider)
    {
        if (provider.ImplementingType != typeof(Microsoft.PowerShell.Commands.FileSystemProvider))
            throw new FaultException("InvalidPath", FaultKind.InvalidArgument, $"'{path}' is not a file: it belongs to the provider {provider.Name}.", path);
    }
}
