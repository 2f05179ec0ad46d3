using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>Fabric files as cmdlets read them.</summary>
internal static class FabricFiles
{
    private const int Limit = 64 * 1024 * 1024;

    /// <summary>Reads a psd1 or JSON file. Faults "FileNotFound", "FilePermissionDenied", "FileNotRead", "FileTooLarge".</summary>
    /// <param name="file">The file of the machine.</param>
    public static FabricFileResult Read(string file)
    {
        string text = WireGuard.SecretFile.Read(file, Limit, requirePrivate: false, read => read.ToString()).TrimStart('\uFEFF');
        if (IsJson(file, text))
            return FabricFile.ReadJson(text, file);
        var problems = new List<FabricFileException>();
        return Psd1Tree.Read(text, file, problems) is { } tree ? FabricFile.Read(tree, file) : new FabricFileResult(null, problems);
    }

    // By its name; a file of another name by how it begins.
    private static bool IsJson(string file, string text) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".JSON" or ".JSONC" => true,
        ".PSD1" => false,
        _ => text.AsSpan().TrimStart() is ['{' or '/' or '[', ..],
    };
}

/// <summary>
/// A fabric as cmdlets take it: the object of Import-WgFabric, or the path of a file. It is read when a cmdlet gets to it, so that all
/// that is wrong with the file can be told.
/// </summary>
public sealed class WgFabricSource
{
    /// <summary>A fabric that was read before.</summary>
    public WgFabricSource(WgFabric fabric) => Fabric = fabric;

    /// <summary>A file.</summary>
    public WgFabricSource(FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Path = file.FullName;
        IsLiteral = true;
    }

    /// <summary>The path of a file.</summary>
    public WgFabricSource(string path) => Path = path;

    /// <summary>The fabric; null: it is to be read from the path.</summary>
    public WgFabric? Fabric { get; }

    /// <summary>The file's path, wildcards allowed; null: the fabric was given.</summary>
    public string? Path { get; }

    /// <summary>The path means one file, whatever it is called.</summary>
    internal bool IsLiteral { get; }

    public override string ToString() => Path ?? Fabric!.Name;
}
