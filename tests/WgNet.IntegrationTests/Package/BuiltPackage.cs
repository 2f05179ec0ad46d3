using System.IO.Compression;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Package;

/// <summary>The package that build.ps1 made.</summary>
internal static class BuiltPackage
{
    /// <summary>Beside the module that is tested: out/package of the same build.</summary>
    public static string Path
    {
        get
        {
            string folder = System.IO.Path.Combine(BuiltModule.Root, "out", "package");
            string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, "WgNet.*.nupkg") : [];
            return found.Length == 1 ? found[0] : throw new InvalidOperationException($"There is no package in {folder}: run build.ps1 Package first.");
        }
    }

    /// <summary>Whether an entry is a file of the module, and not what makes the zip a package; PSResourceGet takes the same ones away.</summary>
    public static bool IsOfTheModule(ZipArchiveEntry entry) =>
        entry.FullName is not ("[Content_Types].xml" or "WgNet.nuspec") && !entry.FullName.StartsWith("_rels/", StringComparison.Ordinal) && !entry.FullName.StartsWith("package/", StringComparison.Ordinal);

    /// <summary>Installs it as a gallery's client does: MODULES/WgNet/VERSION.</summary>
    public static void Install(string modules)
    {
        using ZipArchive package = ZipFile.OpenRead(Path);
        string version = System.IO.Path.GetFileNameWithoutExtension(Path)["WgNet.".Length..].Split('-')[0];
        foreach (ZipArchiveEntry entry in package.Entries.Where(IsOfTheModule))
        {
            string path = System.IO.Path.Combine(modules, "WgNet", version, entry.FullName);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path);
        }
    }
}
