using System.Runtime.ExceptionServices;
using WgNet.Native;

namespace WgNet.Netlink;

/// <summary>
/// An open network namespace. Named as users do: "" or null is the caller's own, "pid:N" that of a process, what holds a
/// slash a path, and anything else a name under /run/netns, as ip-netns(8) keeps them.
/// </summary>
public sealed class NetNamespaceHandle : IDisposable
{
    /// <summary>Where names live.</summary>
    public const string Directory = "/run/netns";

    private const string ThreadNamespace = "/proc/thread-self/ns/net";
    private readonly int _fd;

    private NetNamespaceHandle(int fd, string name, string path)
    {
        _fd = fd;
        Name = name;
        Identity = NamespaceIdentity.OfDescriptor(fd, path);
    }

    /// <summary>As the user gave it; "" for the caller's own.</summary>
    public string Name { get; }

    /// <summary>What tells whether two handles are the same namespace.</summary>
    public NamespaceIdentity Identity { get; }

    /// <summary>Whether it was opened by a name under /run/netns.</summary>
    public bool HasName => Name.Length > 0 && !Name.Contains('/') && !Name.StartsWith("pid:", StringComparison.OrdinalIgnoreCase);

    internal int Descriptor => _fd;

    /// <summary>Its cookie (<see cref="NamespaceCookie"/>), where a socket was opened in it already; null while it is not known.</summary>
    internal ulong? Cookie { get; set; }

    /// <summary>Opens a namespace; null where it is absent, also where a maker that was killed left the name without it. Fault "NamespacePermissionDenied".</summary>
    public static NetNamespaceHandle? TryOpen(string? name)
    {
        try
        {
            return Open(name);
        }
        catch (FaultException fault) when (fault.Id == "NamespaceNotFound")
        {
            return null;
        }
    }

    /// <summary>Opens a namespace. Absent: fault "NamespaceNotFound"; refused: "NamespacePermissionDenied".</summary>
    public static NetNamespaceHandle Open(string? name)
    {
        string path = PathOf(name);
        int fd = LibCalls.Open(path);
        if (fd >= 0)
        {
            try
            {
                return new NetNamespaceHandle(fd, name ?? "", path);
            }
            catch
            {
                LibCalls.Close(fd);
                throw;
            }
        }

        throw -fd switch
        {
            Errno.ENOENT or Errno.ENOTDIR or Errno.ESRCH => new FaultException("NamespaceNotFound", FaultKind.NotFound,
                $"There is no network namespace '{name}' ({path}). Get-NetNamespace lists what there is; New-NetNamespace makes one.", name),
            Errno.EACCES or Errno.EPERM => new FaultException("NamespacePermissionDenied", FaultKind.PermissionDenied,
                $"May not open the network namespace '{name}' ({path}). {Advice(name)}", name),
            _ => new NetlinkException($"open the network namespace '{name}'", -fd, target: name),
        };
    }

    // Another user's process is looked into; a name is a file, and to enter what it stands for is the same matter in the end.
    private static string Advice(string? name) => name is not null && name.StartsWith("pid:", StringComparison.OrdinalIgnoreCase)
        ? Capabilities.Advice(Capability.CAP_SYS_PTRACE, Capability.CAP_SYS_ADMIN)
        : Capabilities.Advice(Capability.CAP_DAC_OVERRIDE, Capability.CAP_SYS_ADMIN);

    /// <summary>The file that stands for a namespace.</summary>
    public static string PathOf(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return ThreadNamespace;
        if (name.StartsWith("pid:", StringComparison.OrdinalIgnoreCase))
        {
            return uint.TryParse(name.AsSpan(4), out uint pid)
                ? $"/proc/{pid}/ns/net"
                : throw new FaultException("InvalidNamespaceName", FaultKind.InvalidArgument, $"'{name}' is not pid:NUMBER.", name);
        }

        if (name.Contains('/'))
            return name;
        NetNamespaces.CheckName(name);
        return $"{Directory}/{name}";
    }

    /// <summary>
    /// Runs code inside the namespace. Another namespace than the thread's own is entered on a thread made for it: setns(2) changes one
    /// thread only, and a pool thread left elsewhere would spoil whoever gets it next.
    /// </summary>
    public T Run<T>(Func<T> work)
    {
        if (Identity == NamespaceIdentity.OfCurrentThread())
            return work();
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    EnterOnThisThread();
                    result = work();
                }
                catch (Exception caught)
                {
                    failure = ExceptionDispatchInfo.Capture(caught);
                }
            },
            maxStackSize: 256 * 1024)
        {
            IsBackground = true,
            Name = "netns",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Moves the calling thread into the namespace, for good. For threads of one's own only.</summary>
    internal void EnterOnThisThread()
    {
        int result = LibCalls.EnterNetworkNamespace(_fd);
        if (result < 0)
            throw new NetlinkException($"enter the network namespace '{Name}'", -result, Capability.CAP_SYS_ADMIN, target: Name);
    }

    public void Dispose() => LibCalls.Close(_fd);
}
