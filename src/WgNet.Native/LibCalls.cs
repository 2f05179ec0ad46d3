using System.Runtime.InteropServices;
using Tmds.Linux;

namespace WgNet.Native;

/// <summary>
/// The one place that touches the C library: Tmds.LibC where it reaches, a few imports where it does not. What can fail
/// returns the negative errno, read at once, since Tmds.LibC's errno is valid only straight after a call.
/// </summary>
internal static unsafe partial class LibCalls
{
    /// <summary>A raw netlink socket that no program started from here gets; or the negative errno.</summary>
    public static int NetlinkSocket(int protocol) => Result(LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, protocol));

    /// <summary>0, or the negative errno.</summary>
    public static int BindNetlink(int fd, uint groups)
    {
        const uint AF_NETLINK = 16;

        // struct sockaddr_nl: family, pad, port id (0: the kernel chooses), legacy group mask.
        uint* address = stackalloc uint[3] { AF_NETLINK, 0, groups };
        return Result(LibC.bind(fd, (sockaddr*)address, 12));
    }

    /// <summary>Sets an int option of level SOL_NETLINK; returns false when this kernel does not know it.</summary>
    public static bool TrySetNetlinkOption(int fd, int option, int value) => LibC.setsockopt(fd, LibC.SOL_NETLINK, option, &value, sizeof(int)) == 0;

    /// <summary>Asks for a receive buffer of a size (SO_RCVBUFFORCE); without the right to, of at most the limit for all. False where even that fails.</summary>
    public static bool TrySetReceiveBuffer(int fd, int size) => LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, &size, sizeof(int)) == 0
        || LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF, &size, sizeof(int)) == 0;

    /// <summary>0, or the negative errno.</summary>
    public static int SetReceiveTimeout(int fd, TimeSpan time)
    {
        long* value = stackalloc long[2] { (long)time.TotalSeconds, time.Milliseconds * 1000L };
        return Result(LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_RCVTIMEO, value, 2 * sizeof(long)));
    }

    /// <summary>Sends one datagram; 0, or the negative errno (EINVAL when only a part of it went).</summary>
    public static int Send(int fd, ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            while (true)
            {
                nint sent = (nint)(long)LibC.send(fd, start, data.Length, 0);
                if (sent == data.Length)
                    return 0;
                if (sent >= 0)
                    return -LibC.EINVAL;
                if (LibC.errno != LibC.EINTR)
                    return -LibC.errno;
            }
        }
    }

    /// <summary>
    /// Receives one datagram. Returns its true length, which exceeds the buffer when it was cut (MSG_TRUNC), or the
    /// negative errno (EAGAIN after the receive timeout, or at once when not to wait; ENOBUFS when events were lost).
    /// </summary>
    public static int Receive(int fd, Span<byte> buffer, bool wait = true)
    {
        fixed (byte* start = buffer)
        {
            long count = (long)LibC.recv(fd, start, buffer.Length, wait ? LibC.MSG_TRUNC : LibC.MSG_TRUNC | LibC.MSG_DONTWAIT);
            return count >= 0 ? (int)count : -LibC.errno;
        }
    }

    /// <summary>A descriptor to read from, that no program started from here gets; or the negative errno.</summary>
    public static int Open(string path)
    {
        Span<byte> bytes = stackalloc byte[4096];
        fixed (byte* start = NulTerminated(path, bytes))
            return Result(LibC.open(start, LibC.O_RDONLY | LibC.O_CLOEXEC));
    }

    public static void Close(int fd) => _ = LibC.close(fd);

    /// <summary>The inode of an open network namespace; null where the file is something else.</summary>
    public static ulong? NetworkNamespaceInode(int fd)
    {
        const ulong NS_GET_NSTYPE = 0xb703;
        return LibC.ioctl(fd, (int)NS_GET_NSTYPE, null) == LibC.CLONE_NEWNET ? Status(fd)?.Inode : null;
    }

    /// <summary>What a path leads to, links followed; null where it leads nowhere.</summary>
    public static FileStatus? Status(string path)
    {
        Span<byte> bytes = stackalloc byte[4096];
        stat status;
        fixed (byte* start = NulTerminated(path, bytes))
            return LibC.stat(start, &status) == 0 ? Status(status) : null;
    }

    /// <summary>The user whose rights this thread has.</summary>
    public static uint EffectiveUser() => (uint)LibC.geteuid();

    /// <summary>What an open file is; null where it cannot be said.</summary>
    public static FileStatus? Status(int fd)
    {
        stat status;
        return LibC.fstat(fd, &status) == 0 ? Status(status) : null;
    }

    private static FileStatus Status(in stat status) => new((ulong)status.st_dev, (ulong)status.st_ino, (uint)status.st_mode, (uint)status.st_uid);

    /// <summary>The cookie of the network namespace that a socket is in; null where the kernel does not know the option.</summary>
    public static ulong? NamespaceCookie(int fd)
    {
        const int SO_NETNS_COOKIE = 71;
        ulong cookie = 0;
        socklen_t size = sizeof(ulong);
        return LibC.getsockopt(fd, LibC.SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &size) == 0 ? cookie : null;
    }

    /// <summary>The name of a link in the namespace of a socket; null where there is none (netdevice(7), SIOCGIFNAME).</summary>
    public static string? LinkName(int fd, int index)
    {
        const int SIOCGIFNAME = 0x8910;

        // struct ifreq: 16 bytes of name, and a union of 24, here the index.
        byte* request = stackalloc byte[40];
        *(int*)(request + 16) = index;
        return LibC.ioctl(fd, SIOCGIFNAME, request) == 0 ? Marshal.PtrToStringUTF8((nint)request) : null;
    }

    /// <summary>The index of a link in the namespace of a socket; 0 where there is none (netdevice(7), SIOCGIFINDEX).</summary>
    public static int LinkIndex(int fd, string name)
    {
        const int SIOCGIFINDEX = 0x8933;
        const int IFNAMSIZ = 16;
        byte* request = stackalloc byte[40];
        if (System.Text.Encoding.UTF8.GetByteCount(name) >= IFNAMSIZ)
            return 0;
        System.Text.Encoding.UTF8.GetBytes(name, new Span<byte>(request, IFNAMSIZ));
        return LibC.ioctl(fd, SIOCGIFINDEX, request) == 0 ? *(int*)(request + 16) : 0;
    }

    /// <summary>Moves the calling thread into a network namespace; 0, or the negative errno.</summary>
    public static int EnterNetworkNamespace(int fd) => Result(LibC.setns(fd, LibC.CLONE_NEWNET));

    /// <summary>Gives the calling thread a new network namespace; 0, or the negative errno.</summary>
    public static int NewNetworkNamespace() => Result(LibC.unshare(LibC.CLONE_NEWNET));

    /// <summary>Waits until an open file is this process's alone among those who lock it (flock(2)). 0, or the negative errno.</summary>
    public static int Lock(int fd)
    {
        const int LOCK_EX = 2;
        while (flock(fd, LOCK_EX) != 0)
        {
            if (Marshal.GetLastPInvokeError() != LibC.EINTR)
                return -Marshal.GetLastPInvokeError();
        }

        return 0;
    }

    /// <summary>Gives the lock back, also where a program that is being started has the descriptor still.</summary>
    public static void Unlock(int fd)
    {
        const int LOCK_UN = 8;
        _ = flock(fd, LOCK_UN);
    }

    /// <summary>0, or the negative errno.</summary>
    public static int Mount(string source, string target, string? type, ulong flags)
    {
        int result = mount(source, target, type, flags, null);
        return result == 0 ? 0 : -Marshal.GetLastPInvokeError();
    }

    /// <summary>0, or the negative errno.</summary>
    public static int Unmount(string target, int flags) => umount2(target, flags) == 0 ? 0 : -Marshal.GetLastPInvokeError();

    private static int Result(int result) => result >= 0 ? result : -LibC.errno;

    private static ReadOnlySpan<byte> NulTerminated(string text, Span<byte> buffer)
    {
        int count = System.Text.Encoding.UTF8.GetBytes(text, buffer[..^1]);
        buffer[count] = 0;
        return buffer[..(count + 1)];
    }

    // Tmds.LibC has these with byte pointers only; the marshaller is safer with paths.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string? type, ulong flags, void* data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);

    // It does not have this one.
    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int fd, int operation);
}
