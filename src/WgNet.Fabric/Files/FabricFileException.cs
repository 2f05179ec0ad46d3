namespace WgNet;

/// <summary>One thing that is wrong with a fabric file. Its target is the path in the file.</summary>
public sealed class FabricFileException : FaultException
{
    internal FabricFileException(string id, string message, string? file, string path, int line, Exception? inner = null)
        : base(id, FaultKind.InvalidData, $"{Prefix(file, path, line)}{message}", path.Length > 0 ? path : file, inner)
    {
        File = file;
        KeyPath = path;
        Line = line;
    }

    /// <summary>The file; null for a text that is in none.</summary>
    public string? File { get; }

    /// <summary>The path in the file: sites[1].gateways[0].endpoint; '' is the whole file.</summary>
    public string KeyPath { get; }

    /// <summary>The line, from 1; 0 where it is not known.</summary>
    public int Line { get; }

    // As compilers write it, so that editors and terminals can go there.
    private static string Prefix(string? file, string path, int line)
    {
        string name = file is null ? "fabric" : Path.GetFileName(file);
        return $"{name}{(line > 0 ? $":{line}" : "")}: {(path.Length > 0 ? $"{path}: " : "")}";
    }
}
