using System.Globalization;
using WgNet.WireGuard.Processes;

namespace WgNet.Fabric;

/// <summary>Finds the process of a BIRD: a process id may have gone to another program meanwhile, so its command line decides.</summary>
internal static class BirdProcess
{
    /// <summary>The BIRD of these files, by its own record; null where that is none or names another process.</summary>
    public static int? Find(BirdDaemon daemon) =>
        TryRead(daemon.PidPath) is { } text && int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && Is(pid, daemon) ? pid : null;

    /// <summary>The same without its record: one that is just starting has none.</summary>
    public static int? Search(BirdDaemon daemon) => Find(daemon)
        ?? Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && Is(pid, daemon) ? pid : (int?)null)
            .FirstOrDefault(pid => pid is not null);

    /// <summary>Whether a process is the BIRD of these files now: of the same names, and no other user's or container's of the same name.</summary>
    public static bool Is(int pid, BirdDaemon daemon)
    {
        string[] arguments = (TryRead($"/proc/{pid}/cmdline") ?? "").Split('\0');
        return arguments.Contains(daemon.ConfigPath, StringComparer.Ordinal) && arguments.Contains(daemon.ControlSocket, StringComparer.Ordinal)
            && ProcessFiles.Shares(pid, Path.GetDirectoryName(daemon.ConfigPath)!);
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
