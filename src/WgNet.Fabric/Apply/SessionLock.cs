using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>
/// A file that one session at a time holds (flock(2)); disposing gives it back, and so does the end of the process. The file stays: were it
/// removed, one session could hold it while another holds its successor.
/// </summary>
internal static class SessionLock
{
    // A child has what its parent had open until it becomes another program, the lock too: when a session is killed while it starts a
    // daemon, the lock is free a moment later only, and not before what that session left can be seen.
    // Counted in attempts: on a machine that stood still, the other one is given its time too.
    private const int Attempts = 250;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes the lock; null where another session has it, and keeps it for five seconds.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static FileStream? Take(string path, CancellationToken cancel)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException caught) when (caught.HResult == Errno.EAGAIN)
            {
                cancel.WaitHandle.WaitOne(s_pause);
                cancel.ThrowIfCancellationRequested();
            }
        }

        return null;
    }
}
