namespace WgNet.Fabric;

/// <summary>Files without secrets: written whole or not at all, for everybody to read.</summary>
internal static class PublicFile
{
    /// <summary>Writes a file by renaming it into its place. Faults: "FileExists" without <paramref name="overwrite"/>, "FilePermissionDenied", "FileNotWritten".</summary>
    public static void Write(string path, string text, bool overwrite)
    {
        if (Directory.Exists(path))
            throw new FaultException("FileNotWritten", FaultKind.InvalidArgument, $"'{path}' is a directory: give the path of a file in it.", path);
        if (!overwrite && File.Exists(path))
            throw new FaultException("FileExists", FaultKind.Exists, $"'{path}' exists already. Use -Force to replace it.", path);
        string temporary = $"{path}.new-{Path.GetRandomFileName()}";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw new FaultException("FilePermissionDenied", FaultKind.PermissionDenied, $"May not write '{path}': {caught.Message}", path, caught);
        }
        catch (IOException caught)
        {
            throw new FaultException("FileNotWritten", FaultKind.Unavailable, $"Cannot write '{path}': {caught.Message}", path, caught);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
