using WgNet.Native;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>A file that one session at a time holds (flock(2)). Disposing gives it back and removes it; the end of the process gives it back.</summary>
internal sealed class SessionLock : IDisposable
{
    // A child has what its parent had open until it becomes another program, the lock too: when a session is killed while it starts a
    // daemon, the lock is free a moment later only, and not before what that session left can be seen.
    // Counted in attempts: on a machine that stood still, the other one is given its time too.
    private const int Attempts = 250;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _file;

    private SessionLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null where another session has it, and keeps it for five seconds.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static SessionLock? Take(string path, CancellationToken cancel)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (IsAt(path, file))
                    return new SessionLock(file);

                // Who had it removed it after it was opened here: the next one is another file.
                file.Dispose();
            }
            catch (IOException caught) when (caught.HResult == Errno.EAGAIN)
            {
                cancel.WaitHandle.WaitOne(s_pause);
                cancel.ThrowIfCancellationRequested();
            }
        }

        return null;
    }

    public void Dispose()
    {
        try
        {
            if (IsAt(_file.Name, _file))
                File.Delete(_file.Name);
        }
        finally
        {
            _file.Dispose();
        }
    }

    private static bool IsAt(string path, FileStream file) =>
        LibCalls.Status(path) is { } there && LibCalls.Status((int)file.SafeFileHandle.DangerousGetHandle()) is { } held && there.IsSame(held);
}
