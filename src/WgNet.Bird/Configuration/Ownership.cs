using System.Runtime.InteropServices;

namespace WgNet.Bird;

/// <summary>Gives a file the owner, group and mode of another: a BIRD that gave up root's rights must be able to read what replaces its file.</summary>
internal static partial class Ownership
{
    // include/uapi/linux/stat.h: struct statx has the same layout everywhere.
    private const int StatxSize = 256;
    private const int UidOffset = 20;
    private const int GidOffset = 24;
    private const uint UidAndGid = 0x08 | 0x10;
    private const int CurrentFolder = -100;

    /// <exception cref="IOException">The kernel refuses.</exception>
    public static void Copy(string from, string to)
    {
        byte[] status = new byte[StatxSize];
        if (Statx(CurrentFolder, from, 0, UidAndGid, status) != 0
            || Chown(to, BitConverter.ToUInt32(status, UidOffset), BitConverter.ToUInt32(status, GidOffset)) != 0)
        {
            throw new IOException($"cannot give '{to}' the owner of '{from}': {Marshal.GetLastPInvokeErrorMessage()}");
        }

        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte[] status);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);
}
