using WgNet.Native;

namespace WgNet.WireGuard.Processes;

/// <summary>What a process means by a path: in another mount namespace (a container, a user's own) it can be another file.</summary>
internal static class ProcessFiles
{
    /// <summary>Whether a path is the same file to a process as to this one; a file that is not there is nobody's. Needs the rights to look into it.</summary>
    public static bool Shares(int pid, string path) =>
        LibCalls.Status(path) is { } ours && LibCalls.Status(FormattableString.Invariant($"/proc/{pid}/root{path}")) is { } theirs && theirs.IsSame(ours);
}
