using WgNet.Native;

namespace WgNet.Netlink;

/// <summary>Named network namespaces, kept as ip-netns(8) keeps them: each is bound to a file under /run/netns.</summary>
public static class NetNamespaces
{
    private const ulong MS_BIND = 4096;
    private const ulong MS_REC = 16384;
    private const ulong MS_SHARED = 1 << 20;
    private const int MNT_DETACH = 2;

    /// <summary>The names there are, sorted. Fault "NamespacePermissionDenied".</summary>
    public static IReadOnlyList<string> Names()
    {
        if (!Directory.Exists(NetNamespaceHandle.Directory))
            return [];
        try
        {
            string[] names = [.. Directory.EnumerateFiles(NetNamespaceHandle.Directory).Select(path => Path.GetFileName(path)!)];
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (UnauthorizedAccessException caught)
        {
            throw new FaultException("NamespacePermissionDenied", FaultKind.PermissionDenied,
                $"May not list {NetNamespaceHandle.Directory}, where named network namespaces are kept. {Capabilities.Advice(Capability.CAP_DAC_OVERRIDE)}", NetNamespaceHandle.Directory, caught);
        }
    }

    public static bool Exists(string name) => File.Exists(NetNamespaceHandle.PathOf(name));

    /// <summary>
    /// What each namespace is called: "" for the calling thread's own, else its name under /run/netns; the first of several.
    /// </summary>
    public static IReadOnlyDictionary<NamespaceIdentity, string> NamesByIdentity()
    {
        var names = new Dictionary<NamespaceIdentity, string> { [NamespaceIdentity.OfCurrentThread()] = "" };
        foreach (string name in Names())
        {
            try
            {
                using NetNamespaceHandle ns = NetNamespaceHandle.Open(name);
                names.TryAdd(ns.Identity, name);
            }
            catch (FaultException)
            {
                // A file that nothing is bound to, or one that just went away, names no namespace.
            }
        }

        return names;
    }

    /// <summary>A named namespace with the id by which the session's knows it. Fault "NamespaceNotFound".</summary>
    public static NetNamespace Describe(RouteSession session, string name)
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(name);
        return new NetNamespace(name, NetNamespaceHandle.PathOf(name), NamespaceIds.Of(session, ns));
    }

    /// <summary>Fault "NamespaceNotFound" where there is no such name.</summary>
    public static void RequireExisting(string name)
    {
        CheckName(name);
        if (!File.Exists($"{NetNamespaceHandle.Directory}/{name}"))
        {
            throw new FaultException("NamespaceNotFound", FaultKind.NotFound,
                $"There is no network namespace '{name}'. Get-NetNamespace lists what there is.", name);
        }
    }

    /// <summary>Makes a namespace, its loopback down. Fault "NamespaceExists" when the name is taken.</summary>
    public static NetNamespace Create(string name)
    {
        CheckName(name);
        string path = $"{NetNamespaceHandle.Directory}/{name}";
        PrepareDirectory();
        try
        {
            // O_EXCL decides between two who make the same name at once.
            using FileStream file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.None });
        }
        catch (IOException caught) when (File.Exists(path))
        {
            throw new FaultException("NamespaceExists", FaultKind.Exists, $"The network namespace '{name}' exists already.", name, caught);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw Denied("create", name, caught);
        }

        try
        {
            RunOnOwnThread(() =>
            {
                Check(LibCalls.NewNetworkNamespace(), $"create the network namespace '{name}'", name);
                Check(LibCalls.Mount("/proc/thread-self/ns/net", path, "none", MS_BIND), $"bind the network namespace '{name}' to {path}", name);
            });
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        return new NetNamespace(name, path, null);
    }

    /// <summary>Removes a name. The namespace itself lives on while a process or a socket is in it. Fault "NamespaceNotFound".</summary>
    public static void Remove(string name)
    {
        RequireExisting(name);
        string path = $"{NetNamespaceHandle.Directory}/{name}";
        int result = LibCalls.Unmount(path, MNT_DETACH);
        if (result is -Errno.EPERM or -Errno.EACCES)
            throw Denied("remove", name, null);

        // EINVAL: a file that nothing is bound to, left by a crash. Only the name is to go.
        if (result < 0 && result != -Errno.EINVAL)
            Check(result, $"remove the network namespace '{name}'", name);
        try
        {
            File.Delete(path);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw Denied("remove", name, caught);
        }
    }

    /// <summary>Fault "InvalidNamespaceName" for what cannot be a file's name.</summary>
    internal static void CheckName(string name)
    {
        if (name is "" or "." or ".." || name.Length > 255 || name.AsSpan().IndexOfAny('/', '\0') >= 0)
        {
            throw new FaultException("InvalidNamespaceName", FaultKind.InvalidArgument,
                $"'{name}' cannot name a network namespace: 1 to 255 characters without a slash.", name);
        }
    }

    // As ip-netns(8) does: the folder is a shared mount, so that namespaces made in other mount namespaces show here and the other way round.
    private static void PrepareDirectory()
    {
        const string Folder = NetNamespaceHandle.Directory;
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw Denied("create", Folder, caught);
        }

        int result = LibCalls.Mount("", Folder, "none", MS_SHARED | MS_REC);
        if (result == -Errno.EINVAL)
            result = MakeMount(Folder);
        Check(result, $"share the mount {Folder}", Folder);
    }

    // Locked as ip-netns(8) does: two who each bound it would hide what the first has there already. 0, or the negative errno of sharing it.
    private static int MakeMount(string path)
    {
        int folder = LibCalls.Open(path);
        Check(folder, $"open {path}", path);
        try
        {
            Check(LibCalls.Lock(folder), $"lock {path}", path);
            int result = LibCalls.Mount("", path, "none", MS_SHARED | MS_REC);
            if (result != -Errno.EINVAL)
                return result;
            Check(LibCalls.Mount(path, path, "none", MS_BIND | MS_REC), $"bind {path} to itself", path);
            return LibCalls.Mount("", path, "none", MS_SHARED | MS_REC);
        }
        finally
        {
            LibCalls.Unlock(folder);
            LibCalls.Close(folder);
        }
    }

    private static void RunOnOwnThread(Action work)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    work();
                }
                catch (Exception caught)
                {
                    failure = caught;
                }
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private static FaultException Denied(string verb, string name, Exception? inner) => new("NamespacePermissionDenied", FaultKind.PermissionDenied,
        $"May not {verb} the network namespace '{name}'. {Capabilities.Advice(Capability.CAP_SYS_ADMIN, Capability.CAP_DAC_OVERRIDE)}", name, inner);

    private static void Check(int result, string operation, string target)
    {
        if (result is -Errno.EPERM or -Errno.EACCES)
            throw new FaultException("NamespacePermissionDenied", FaultKind.PermissionDenied, $"May not {operation}. {Capabilities.Advice(Capability.CAP_SYS_ADMIN, Capability.CAP_DAC_OVERRIDE)}", target);
        if (result < 0)
            throw new NetlinkException(operation, -result, target: target);
    }
}
