using System.Runtime.InteropServices;
using System.Text;

namespace WgNet.WireGuard.Processes;

/// <summary>
/// What a daemon prints while it starts, held in memory (memfd_create(2)). Once it runs the file is sealed against
/// growth: a daemon that logs each packet then fills nothing, and unlike a closed pipe the seal does not kill it.
/// </summary>
internal sealed partial class DaemonLog : IDisposable
{
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int SealGrow = 4;

    public DaemonLog()
    {
        Descriptor = memfd_create("wgnet-daemon", CloseOnExec | AllowSealing);
        if (Descriptor < 0)
            throw new Netlink.NetlinkException("make a log in memory", Marshal.GetLastPInvokeError());
    }

    public int Descriptor { get; }

    /// <summary>The last lines printed, on one line.</summary>
    public string Read()
    {
        using FileStream stream = new($"/proc/self/fd/{Descriptor}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return string.Join(" | ", reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3));
    }

    public void Seal() => _ = fcntl(Descriptor, AddSeals, SealGrow);

    public void Dispose() => _ = close(Descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int fd, int command, int argument);

    [LibraryImport("libc")]
    private static partial int close(int fd);
}
