namespace WgNet.IntegrationTests.Support;

/// <summary>Where the build put the module: tests run against what users import, not against project outputs.</summary>
internal static class BuiltModule
{
    /// <summary>The repository's root; the folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The module's folder: WGNET_MODULE, or out/module/WgNet of this repository.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("WGNET_MODULE") ?? Path.Combine(Root, "out", "module", "WgNet");

    public static string Manifest
    {
        get
        {
            string path = Path.Combine(Folder, "WgNet.psd1");
            return File.Exists(path) ? path : throw new InvalidOperationException($"There is no built module at {path}: run build.ps1 Build first.");
        }
    }

    /// <summary>The shell: WGNET_SHELL, or out/shell of this repository.</summary>
    public static string Shell { get; } = Environment.GetEnvironmentVariable("WGNET_SHELL") ?? Path.Combine(Root, "out", "shell", "WgNet.Shell");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WgNet.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside the repository: set WGNET_MODULE to the built module's folder.");
    }
}
