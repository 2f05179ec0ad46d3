using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using WgNet.Netlink;

namespace WgNet.WireGuard.Userspace;

/// <summary>
/// A userspace WireGuard device as it is now: which UAPI socket, served by which process, is which interface in which
/// namespace. All of it is read from the kernel each time, so it is true whoever started, moved or renamed the device.
/// </summary>
/// <param name="SocketPath">The UAPI socket. It bears the name that the device had when it was started.</param>
/// <param name="ProcessId">The daemon. Its namespace is the transport's: its UDP sockets never move.</param>
/// <param name="InterfaceName">The interface's name now.</param>
/// <param name="Location">The namespace that the interface is in now.</param>
/// <param name="Transport">The namespace that the daemon, and so its UDP socket, lives in.</param>
internal sealed partial record UserspaceDevice(string SocketPath, int ProcessId, string InterfaceName, NamespaceIdentity Location, NamespaceIdentity Transport)
{
    /// <summary>Where UAPI sockets live (wireguard-go ipc/uapi_linux.go).</summary>
    public const string SocketDirectory = "/run/wireguard";

    public static string SocketPathOf(string startName) => $"{SocketDirectory}/{startName}.sock";

    /// <summary>Every userspace device whose socket answers in this mount namespace; of one interface name alone, if given.</summary>
    public static IEnumerable<UserspaceDevice> All(string? interfaceName = null)
    {
        var daemons = new Lazy<ILookup<string, int>>(ProcessesByLastArgument);
        foreach (string path in Sockets())
        {
            if (Identify(path, interfaceName, daemons) is { } device)
                yield return device;
        }
    }

    /// <summary>
    /// What a socket serves; null when nobody listens, or the daemon cannot be looked into (it needs CAP_SYS_PTRACE, which root has).
    /// </summary>
    /// <param name="path">The socket.</param>
    /// <param name="interfaceName">Only an interface of this name; null for any.</param>
    public static UserspaceDevice? Identify(string path, string? interfaceName = null) => Identify(path, interfaceName, new Lazy<ILookup<string, int>>(ProcessesByLastArgument));

    private static UserspaceDevice? Identify(string path, string? interfaceName, Lazy<ILookup<string, int>> daemons)
    {
        string startName = Path.GetFileNameWithoutExtension(path);
        if (PeerOf(path) is not { } peer)
            return null;

        // A daemon that put itself into the background is another process than the one that made the socket, and one that takes no
        // connections does not tell who it is.
        foreach (int pid in LastArgument(peer) == startName ? [peer] : daemons.Value[startName])
        {
            try
            {
                if (TunDescriptor.Find(pid, interfaceName) is { } tun)
                    return new UserspaceDevice(path, pid, tun.InterfaceName, tun.Location, NamespaceIdentity.OfProcess(pid));
            }
            catch (FaultException)
            {
                // It ended meanwhile, or may not be looked into.
            }
        }

        return null;
    }

    // A daemon is started with its device's name, which is also the socket's, as its last argument.
    private static string? LastArgument(int pid)
    {
        try
        {
            string[] arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            return arguments.Length > 1 ? arguments[^1] : null;
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ILookup<string, int> ProcessesByLastArgument() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0)
        .Where(pid => pid > 0)
        .ToLookup(pid => LastArgument(pid) ?? "");

    /// <summary>
    /// The process that made the listening socket (SO_PEERCRED, unix(7)); 0 where its queue is full, which a blocking connect would wait
    /// out for ever; null where nobody listens.
    /// </summary>
    private static int? PeerOf(string path)
    {
        // Called for every socket of the machine, of which some are stale: without the exception that a refusal costs.
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        SocketAddress address = new UnixDomainSocketEndPoint(path).Serialize();
        if (connect((int)socket.Handle, address.Buffer.Span, (uint)address.Size) != 0)
            return Marshal.GetLastPInvokeError() == Errno.EAGAIN ? 0 : null;
        Span<byte> credentials = stackalloc byte[12];
        const int SOL_SOCKET = 1;
        const int SO_PEERCRED = 17;
        socket.GetRawSocketOption(SOL_SOCKET, SO_PEERCRED, credentials);
        return MemoryMarshal.Read<int>(credentials);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int connect(int fd, ReadOnlySpan<byte> address, uint length);

    private static string[] Sockets()
    {
        if (!Directory.Exists(SocketDirectory))
            return [];
        try
        {
            string[] paths = Directory.GetFiles(SocketDirectory, "*.sock");
            Array.Sort(paths, StringComparer.Ordinal);
            return paths;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException caught)
        {
            throw new FaultException("PermissionDenied", FaultKind.PermissionDenied,
                $"May not list the UAPI sockets in {SocketDirectory}, where userspace tunnels are found. {Capabilities.Advice(Capability.CAP_DAC_OVERRIDE)}", SocketDirectory, caught);
        }
    }
}
