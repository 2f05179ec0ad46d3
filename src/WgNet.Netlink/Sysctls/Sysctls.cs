namespace WgNet.Netlink;

/// <summary>
/// The settings below /proc/sys/net. What a thread sees there is its own network namespace's, so each access runs inside the one that is
/// asked about.
/// </summary>
public static class Sysctls
{
    /// <summary>Reads one setting. Faults: "InvalidSysctlName", "SysctlNotFound", "SysctlPermissionDenied".</summary>
    public static NetSysctl Read(NetNamespaceHandle ns, string name)
    {
        ArgumentNullException.ThrowIfNull(ns);
        string[] parts = SysctlName.Parts(name);
        return ns.Run(() => Access(ns, name, () => Load(ns, parts)));
    }

    /// <summary>All settings whose parts match, in the order of their names. Those that only root may read, or nobody, are left out.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">A name with a pattern for some of its parts.</param>
    /// <param name="matches">Whether a part (second) matches a part of the name (first).</param>
    public static IReadOnlyList<NetSysctl> Find(NetNamespaceHandle ns, string name, Func<string, string, bool> matches)
    {
        ArgumentNullException.ThrowIfNull(ns);
        string[] parts = SysctlName.Parts(name);
        return ns.Run(() => Access(ns, name, () =>
        {
            IEnumerable<string[]> found = [[]];
            foreach (string wanted in parts)
                found = found.SelectMany(path => Below(path).Where(part => part == wanted || matches(wanted, part)).Select(part => (string[])[.. path, part]));
            return found.Where(path => File.Exists(SysctlName.FileOf(path))).Select(path => TryLoad(ns, path)).OfType<NetSysctl>().ToList();
        }));
    }

    /// <summary>Sets one setting, and returns it as the kernel then shows it. Faults as for reading, and "InvalidSysctlValue".</summary>
    public static NetSysctl Write(NetNamespaceHandle ns, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(ns);
        string[] parts = SysctlName.Parts(name);
        return ns.Run(() => Access(ns, name, () =>
        {
            Store(ns, name, parts, value);
            return Load(ns, parts);
        }));
    }

    /// <summary>The same for a setting that the kernel takes at once, without looking at what became of it.</summary>
    internal static void Set(NetNamespaceHandle ns, string name, string value)
    {
        string[] parts = SysctlName.Parts(name);
        NamespaceThread.Run(ns, () => Access(ns, name, () =>
        {
            Store(ns, name, parts, value);
            return true;
        }));
    }

    /// <summary>What can follow the beginning of a name: settings, and groups with a dot at the end.</summary>
    public static IReadOnlyList<string> Complete(NetNamespaceHandle ns, string beginning)
    {
        ArgumentNullException.ThrowIfNull(ns);
        ArgumentNullException.ThrowIfNull(beginning);
        int dot = beginning.LastIndexOf('.');
        if (dot < 0)
            return "net.".StartsWith(beginning, StringComparison.Ordinal) ? ["net."] : [];
        string[] parts = beginning[..dot] == "net" ? [] : SysctlName.Parts(beginning[..dot]);
        return ns.Run(() => Below(parts)
            .Select(part => SysctlName.OfParts([.. parts, part]) + (Directory.Exists(SysctlName.FileOf([.. parts, part])) ? "." : ""))
            .Where(name => name.StartsWith(beginning, StringComparison.Ordinal))
            .ToList());
    }

    private static IEnumerable<string> Below(string[] path)
    {
        string folder = SysctlName.FileOf(path);
        return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal) : [];
    }

    private static NetSysctl? TryLoad(NetNamespaceHandle ns, string[] parts)
    {
        try
        {
            return Load(ns, parts);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Store(NetNamespaceHandle ns, string name, string[] parts, string value)
    {
        // One write: the kernel reads a value whole or not at all. Truncating is nothing to it.
        using FileStream file = new(SysctlName.FileOf(parts), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(value + "\n"));
        }
        catch (IOException caught)
        {
            throw new FaultException("InvalidSysctlValue", FaultKind.InvalidArgument, $"Cannot set {name}{Where(ns)}: the kernel refuses the value '{value}'.", name, caught);
        }
    }

    private static NetSysctl Load(NetNamespaceHandle ns, string[] parts) => new()
    {
        Name = SysctlName.OfParts(parts),
        Namespace = ns.Name,
        Value = File.ReadAllText(SysctlName.FileOf(parts)).TrimEnd('\n'),
    };

    private static T Access<T>(NetNamespaceHandle ns, string name, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception caught) when (caught is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FaultException("SysctlNotFound", FaultKind.NotFound,
                $"There is no setting {name}{Where(ns)}. Some exist in the machine's first network namespace only.", name, caught);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw new FaultException("SysctlPermissionDenied", FaultKind.PermissionDenied, $"May not access the setting {name}{Where(ns)}: it is a group of settings, or read-only, or not this user's. {Capabilities.Advice(Capability.CAP_NET_ADMIN)}", name, caught);
        }
        catch (IOException caught)
        {
            throw new FaultException("SysctlUnavailable", FaultKind.Unavailable, $"Cannot access the setting {name}{Where(ns)}: {caught.Message}", name, caught);
        }
    }

    private static string Where(NetNamespaceHandle ns) => ns.Name.Length == 0 ? "" : $" in namespace '{ns.Name}'";
}
