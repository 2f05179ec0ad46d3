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

    /// <summary>The process's first TUN interface; null where it has none.</summary>
    public static (string InterfaceName, NamespaceIdentity Location)? Find(int pid)
    {
        foreach (int fd in Descriptors(pid))
        {
            if (InterfaceOf(pid, fd) is { Length: > 0 } name && NamespaceOf(pid, fd) is { } location)
                return (name, location);
        }

        return null;
    }

    /// <summary>All processes there are.</summary>
    public static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0)
        .Where(pid => pid > 0);

    private static List<int> Descriptors(int pid)
    {
        var found = new List<int>();
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd"))
            {
                if (new FileInfo(path).LinkTarget == "/dev/net/tun")
                    found.Add(int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
            }
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or may not be looked into.
        }

        return found;
    }

    private static string? InterfaceOf(int pid, int fd)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{pid}/fdinfo/{fd}").FirstOrDefault(text => text.StartsWith("iff:", StringComparison.Ordinal));
            return line?[4..].Trim();
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
