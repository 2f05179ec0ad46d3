using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using WgNet.Netlink;

namespace WgNet.WireGuard.Userspace;

/// <summary>
/// Asks the kernel which interface hangs on a process's /dev/net/tun: its name now from fdinfo ("iff:"), its namespace now from
/// TUNGETDEVNETNS on a copy of the descriptor (pidfd_getfd(2); drivers/net/tun.c; Linux 5.6).
/// </summary>
internal static partial class TunDescriptor
{
    private const int SYS_pidfd_open = 434;
    private const int SYS_pidfd_getfd = 438;
    private const nuint TUNGETDEVNETNS = 0x54e3;
    private static readonly ConcurrentDictionary<int, int> s_last = new();

    /// <summary>The process's first TUN interface, or its interface of a given name; null where it has none.</summary>
    public static (string InterfaceName, NamespaceIdentity Location)? Find(int pid, string? wanted = null)
    {
        foreach ((int fd, string name) in Interfaces(pid))
        {
            if ((wanted is null || wanted == name) && NamespaceOf(pid, fd) is { } location)
                return (name, location);
        }

        return null;
    }

    // Only a TUN descriptor has this line; one whose device was removed has it empty.
    private static List<(int Descriptor, string InterfaceName)> Interfaces(int pid)
    {
        // A daemon keeps its descriptor: where it was last time is looked at first, and believed only if it still is one.
        if (s_last.TryGetValue(pid, out int last) && InterfaceOf($"/proc/{pid}/fdinfo/{last}") is { } known)
            return [(last, known)];
        var found = new List<(int, string)>();
        try
        {
            foreach (string path in Directory.EnumerateFiles($"/proc/{pid}/fdinfo"))
            {
                if (InterfaceOf(path) is { } name)
                    found.Add((int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture), name));
            }
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or may not be looked into.
        }

        if (found is [(int only, _)])
            s_last[pid] = only;
        return found;
    }

    private static string? InterfaceOf(string path)
    {
        const string Mark = "\niff:";
        try
        {
            string text = File.ReadAllText(path);
            int start = text.IndexOf(Mark, StringComparison.Ordinal);
            return start >= 0 && text[(start + Mark.Length)..].Split('\n')[0].Trim() is { Length: > 0 } name ? name : null;
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static NamespaceIdentity? NamespaceOf(int pid, int fd)
    {
        int process = (int)syscall(SYS_pidfd_open, pid, 0, 0);
        if (process < 0)
            return null;
        int copy = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
        _ = close(process);
        if (copy < 0)
            return null;
        int ns = ioctl(copy, TUNGETDEVNETNS, 0);
        _ = close(copy);
        if (ns < 0)
            return null;
        try
        {
            return NamespaceIdentity.OfDescriptor(ns);
        }
        finally
        {
            _ = close(ns);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int fd, nuint request, nint argument);

    [LibraryImport("libc")]
    private static partial int close(int fd);
}
