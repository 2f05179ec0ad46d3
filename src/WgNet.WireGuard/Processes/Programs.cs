namespace WgNet.WireGuard.Processes;

/// <summary>Finds programs as a shell does.</summary>
internal static class Programs
{
    /// <summary>The program's path: itself where it holds a slash, else the first of that name on the PATH; null where there is none.</summary>
    public static string? Find(string name) => name.Contains('/')
        ? File.Exists(name) ? name : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
