using System.Runtime.InteropServices;
using WgNet.Netlink;

namespace WgNet.WireGuard.Processes;

/// <summary>
/// Starts a daemon with posix_spawn(3): in a session of its own, so that Ctrl+C at the terminal does not end it, with
/// an environment made here, and in the network namespace of a given handle. System.Diagnostics.Process offers neither.
/// </summary>
internal static unsafe partial class Spawn
{
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    /// <summary>Starts a program; returns its process id.</summary>
    /// <param name="path">The executable.</param>
    /// <param name="arguments">Arguments behind the program's own name.</param>
    /// <param name="environment">The whole environment, NAME=VALUE.</param>
    /// <param name="output">Descriptor that becomes standard output and standard error.</param>
    /// <param name="ns">Where the process lives.</param>
    public static int Daemon(string path, string[] arguments, string[] environment, int output, NetNamespaceHandle ns) =>
        ns.Run(() => Daemon(path, arguments, environment, output));

    private static int Daemon(string path, string[] arguments, string[] environment, int output)
    {
        // Both structures are opaque; glibc's are 336 and 80 bytes.
        byte* attributes = stackalloc byte[512];
        byte* actions = stackalloc byte[512];
        byte* signals = stackalloc byte[128];
        Check(posix_spawnattr_init(attributes));
        Check(posix_spawn_file_actions_init(actions));
        nint[] argv = Strings([path, .. arguments]);
        nint[] envp = Strings(environment);
        try
        {
            // .NET ignores SIGPIPE and may block others; a daemon starts with everything at its default.
            _ = sigemptyset(signals);
            Check(posix_spawnattr_setsigmask(attributes, signals));
            _ = sigfillset(signals);
            Check(posix_spawnattr_setsigdefault(attributes, signals));
            Check(posix_spawnattr_setflags(attributes, SetSignalDefaults | SetSignalMask | SetSession));
            Check(posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0));
            Check(posix_spawn_file_actions_adddup2(actions, output, 1));
            Check(posix_spawn_file_actions_adddup2(actions, output, 2));
            Check(posix_spawn_file_actions_addchdir_np(actions, "/"));
            fixed (nint* arguments0 = argv)
            fixed (nint* environment0 = envp)
            {
                int error = posix_spawn(out int pid, path, actions, attributes, arguments0, environment0);
                return error == 0 ? pid : throw new NetlinkException($"start {path}", error, target: path);
            }
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
            Free(argv);
            Free(envp);
        }
    }

    private static nint[] Strings(string[] values) => [.. values.Select(Marshal.StringToCoTaskMemUTF8), 0];

    private static void Free(nint[] strings)
    {
        foreach (nint text in strings)
            Marshal.FreeCoTaskMem(text);
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new NetlinkException("prepare a process", error);
    }

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int fd, string path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int pid, string path, byte* actions, byte* attributes, nint* argv, nint* envp);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* set);

    [LibraryImport("libc")]
    private static partial int sigfillset(byte* set);
}
