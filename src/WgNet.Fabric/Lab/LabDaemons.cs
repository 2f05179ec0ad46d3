using System.Globalization;
using WgNet.Netlink;
using WgNet.WireGuard.Processes;
using WgNet.WireGuard.Userspace;

namespace WgNet.Fabric;

/// <summary>Finds and ends the daemons of a lab: each is looked at again while its process id is held, so that no other program is met.</summary>
internal static class LabDaemons
{
    private const string WireGuardGoProgram = "wireguard-go";

    /// <summary>The BIRD whose files are in a folder of the lab's.</summary>
    public static BirdDaemon Bird(string folder, string ns = "", string program = "") => new()
    {
        Program = program,
        ConfigPath = $"{folder}/bird.conf",
        ControlSocket = $"{folder}/bird.ctl",
        PidPath = $"{folder}/bird.pid",
        Namespace = ns,
    };

    /// <summary>Ends the BIRDs of these folders, and waits for them.</summary>
    public static void EndBirds(IReadOnlyCollection<string> folders) => Workers.Run(folders, folder => new OwnBird(Bird(folder)).End());

    /// <summary>Ends the wireguard-go daemons of ours that live in these namespaces; their interfaces go with them, wherever they are.</summary>
    public static void EndTunnels(IReadOnlySet<NamespaceIdentity> namespaces) => Workers.Run([.. Tunnels(namespaces)], pid =>
    {
        using var process = new ProcessEnd(pid);
        if (StartName(pid, namespaces) is not { } name)
            return;
        if (!process.End())
            throw new FaultException("DaemonStillRuns", FaultKind.Timeout, $"wireguard-go, process {pid}, does not end.", pid);

        // What one that had to be killed leaves.
        File.Delete(UserspaceDevice.SocketPathOf(name));
    });

    private static IEnumerable<int> Tunnels(IReadOnlySet<NamespaceIdentity> namespaces) => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0)
        .Where(pid => pid > 0 && StartName(pid, namespaces) is not null);

    /// <summary>The start name of a wireguard-go that we started in one of the namespaces; null: it is something else.</summary>
    private static string? StartName(int pid, IReadOnlySet<NamespaceIdentity> namespaces)
    {
        try
        {
            string[] arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            return arguments.Length > 1 && Path.GetFileName(arguments[0]) == WireGuardGoProgram && arguments[^1].StartsWith(WireGuardGo.NamePrefix, StringComparison.Ordinal)
                && namespaces.Contains(NamespaceIdentity.OfProcess(pid)) ? arguments[^1] : null;
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException or FaultException)
        {
            // It ended meanwhile.
            return null;
        }
    }
}
