using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using WgNet.Native;

namespace WgNet.WireGuard;

/// <summary>Files that hold keys: written whole or not at all with mode 0600, read only where no one else can.</summary>
internal static class SecretFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>
    /// Writes a file of mode 0600 in one step: under a name of its own beside the target, flushed, then renamed. Faults: "FileExists"
    /// without <paramref name="overwrite"/>, "FilePermissionDenied", "FileNotWritten".
    /// </summary>
    public static void Write(string path, ReadOnlySpan<char> text, bool overwrite)
    {
        if (Directory.Exists(path))
            throw new FaultException("FileNotWritten", FaultKind.InvalidArgument, $"'{path}' is a directory: give the path of a file in it.", path);
        if (!overwrite && Path.Exists(path))
            throw Exists(path, null);
        string temporary = Path.Combine(Path.GetDirectoryName(path) ?? ".", $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        bool made = false;
        try
        {
            Encoding.UTF8.GetBytes(text, bytes);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner, BufferSize = 0 };
            using (var file = new FileStream(temporary, options))
            {
                made = true;
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite);
            made = false;
        }
        catch (UnauthorizedAccessException caught)
        {
            throw Denied("write", path, caught);
        }
        catch (IOException caught) when (!overwrite && File.Exists(path))
        {
            throw Exists(path, caught);
        }
        catch (IOException caught)
        {
            throw new FaultException("FileNotWritten", FaultKind.Unavailable, $"Cannot write '{path}': {caught.Message}", path, caught);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            if (made)
                File.Delete(temporary);
        }
    }

    /// <summary>
    /// Reads a file of keys and gives its characters to a reader; the copy is cleared. Faults: "FileNotFound", "FilePermissionDenied",
    /// "FileNotPrivate" where others than this user and root could read or change it, "FileIsPipe", "FileTooLarge".
    /// </summary>
    /// <param name="path">The file, or a link to it: what it leads to is looked at. A pipe without a name serves too.</param>
    /// <param name="limit">Bytes at most.</param>
    /// <param name="requirePrivate">Whether a file that others can read is refused.</param>
    /// <param name="read">Receives the text, which it must not keep.</param>
    public static T Read<T>(string path, int limit, bool requirePrivate, Func<ReadOnlySpan<char>, T> read)
    {
        byte[] bytes = [];
        char[] text = [];
        try
        {
            RefuseNamedPipe(path);
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, BufferSize = 0 });
            if (requirePrivate)
                RequirePrivate(path, file);
            int length = ReadAll(path, file, limit, ref bytes);
            text = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(length));
            return read(text.AsSpan(0, Encoding.UTF8.GetChars(bytes.AsSpan(0, length), text)));
        }
        catch (UnauthorizedAccessException caught)
        {
            throw Directory.Exists(path)
                ? new FaultException("FileNotFound", FaultKind.InvalidArgument, $"'{path}' is a directory, not a file.", path, caught)
                : Denied("read", path, caught);
        }
        catch (Exception caught) when (caught is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FaultException("FileNotFound", FaultKind.NotFound, $"There is no file '{path}'.", path, caught);
        }
        catch (IOException caught)
        {
            throw new FaultException("FileNotRead", FaultKind.Unavailable, $"Cannot read '{path}': {caught.Message}", path, caught);
        }
        finally
        {
            Release(bytes);
            Release(text);
        }
    }

    /// <summary>Whether others than the owner can read or change a file that is there.</summary>
    public static bool IsOpenToOthers(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0;

    // The open file is asked, not its name: another could be put there in between. Its owner may read and change it whatever its mode is.
    private static void RequirePrivate(string path, FileStream file)
    {
        UnixFileMode mode = File.GetUnixFileMode(file.SafeFileHandle);
        if ((mode & Others) != 0)
        {
            throw new FaultException("FileNotPrivate", FaultKind.PermissionDenied,
                $"'{path}' is open to others than its owner (mode {Convert.ToString((int)mode, 8)}): a key in it is no secret. Make a new key, or 'chmod 600' the file if only you could reach it.",
                path);
        }

        if (LibCalls.Status((int)file.SafeFileHandle.DangerousGetHandle()) is { Owner: not 0 } status && status.Owner != LibCalls.EffectiveUser())
        {
            throw new FaultException("FileNotPrivate", FaultKind.PermissionDenied,
                $"'{path}' belongs to another user ({status.Owner}), who can read and change it: a key in it is no secret. Make a new key, or 'chown' the file if only you could reach it.",
                path);
        }
    }

    // Opening one waits for whoever writes into it, and nothing would end the wait. The shell's own, <(command), has somebody at its other end.
    private static void RefuseNamedPipe(string path)
    {
        if (LibCalls.Status(path) is { IsPipe: true } && !path.StartsWith("/dev/fd/", StringComparison.Ordinal) && !path.StartsWith("/proc/self/fd/", StringComparison.Ordinal) && path != "/dev/stdin")
            throw new FaultException("FileIsPipe", FaultKind.InvalidArgument, $"'{path}' is a named pipe, not a file: whoever writes into it would be waited for.", path);
    }

    /// <summary>Reads all of a file; its length. What the buffer grows out of is zeroed.</summary>
    private static int ReadAll(string path, FileStream file, int limit, ref byte[] bytes)
    {
        // A byte more than a file says it has, to see its end. A pipe, and what the kernel makes up while it is read, says nothing.
        bytes = ArrayPool<byte>.Shared.Rent(file.CanSeek ? (int)Math.Clamp(file.Length + 1, 4096, limit + 1) : 4096);
        int length = 0, count;
        while ((count = file.Read(bytes.AsSpan(length))) > 0)
        {
            length += count;
            if (length > limit)
                throw new FaultException("FileTooLarge", FaultKind.InvalidData, $"'{path}' is larger than {limit} bytes: not a file of this kind.", path);
            if (length < bytes.Length)
                continue;
            byte[] larger = ArrayPool<byte>.Shared.Rent(2 * bytes.Length);
            bytes.CopyTo(larger, 0);
            Release(bytes);
            bytes = larger;
        }

        return length;
    }

    private static void Release<T>(T[] array)
    {
        if (array.Length > 0)
            ArrayPool<T>.Shared.Return(array, clearArray: true);
    }

    private static FaultException Exists(string path, Exception? inner) =>
        new("FileExists", FaultKind.Exists, $"'{path}' exists already. Use -Force to replace it.", path, inner);

    private static FaultException Denied(string verb, string path, Exception inner) =>
        new("FilePermissionDenied", FaultKind.PermissionDenied, $"May not {verb} '{path}': {inner.Message}", path, inner);
}
