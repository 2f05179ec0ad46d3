using System.Globalization;
using WgNet.Native;

namespace WgNet.Netlink;

/// <summary>The inode of a network namespace in nsfs: equal exactly when the namespaces are the same one.</summary>
public readonly record struct NamespaceIdentity(ulong Inode)
{
    public static NamespaceIdentity OfCurrentThread() => TryOfName("") ?? throw NotOne(NetNamespaceHandle.PathOf(""));

    /// <summary>The network namespace of a process; fault "NamespaceNotFound" where the process is gone.</summary>
    public static NamespaceIdentity OfProcess(int pid) => OfLink($"/proc/{pid}/ns/net");

    /// <summary>What a name stands for now, as users give it; null where it stands for nothing. It is looked at, not opened.</summary>
    public static NamespaceIdentity? TryOfName(string? name) =>
        LibCalls.Status(NetNamespaceHandle.PathOf(name))?.Inode is ulong inode ? new NamespaceIdentity(inode) : null;

    /// <summary>What an open file is; fault "NamespaceNotFound" where it is no network namespace.</summary>
    internal static NamespaceIdentity OfDescriptor(int fd, string path = "the file") => LibCalls.NetworkNamespaceInode(fd) is ulong inode
        ? new NamespaceIdentity(inode)
        : throw NotOne(path);

    // The link of a process says "net:[4026531840]", the inode. That of a file bound to a name says the name.
    private static NamespaceIdentity OfLink(string path)
    {
        string? target;
        try
        {
            target = new FileInfo(path).LinkTarget;
        }
        catch (UnauthorizedAccessException caught)
        {
            throw new FaultException("NamespacePermissionDenied", FaultKind.PermissionDenied, $"May not read {path}. {Capabilities.Advice(Capability.CAP_SYS_PTRACE)}", path, caught);
        }

        if (target is not null && target.StartsWith("net:[", StringComparison.Ordinal)
            && ulong.TryParse(target.AsSpan(5, target.Length - 6), NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode))
        {
            return new NamespaceIdentity(inode);
        }

        throw NotOne(path);
    }

    private static FaultException NotOne(string path) =>
        new("NamespaceNotFound", FaultKind.NotFound, $"{path} is not a network namespace.", path);
}
