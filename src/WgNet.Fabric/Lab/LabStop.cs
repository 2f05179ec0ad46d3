using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>Takes a lab down, or parts of it: what its record says that it made, also where that was never finished, and nothing else.</summary>
internal static class LabStop
{
    /// <summary>Takes the whole lab down; its folder, with the gateways' keys, goes last.</summary>
    public static void All(LabRecord record)
    {
        string folder = LabPaths.Folder(record.Name);
        LabDaemons.EndBirds(Directory.GetDirectories(folder));
        Namespaces(record.Namespaces);

        // Another lab may live on what this one made room for.
        if (record.InotifyLimits is [var before, var after] && LabRecord.Names().All(name => name == record.Name))
            InotifyLimit.Restore(before, after);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Takes down gateways and routers: their namespaces, and the folders that have their BIRDs.</summary>
    public static void Parts(IReadOnlyCollection<string> namespaces, IReadOnlyCollection<string> folders)
    {
        string[] there = [.. folders.Where(Directory.Exists)];
        LabDaemons.EndBirds(there);
        Namespaces(namespaces);
        foreach (string folder in there)
            Directory.Delete(folder, recursive: true);
    }

    private static void Namespaces(IEnumerable<string> names)
    {
        string[] there = [.. names.Where(NetNamespaces.Exists)];
        var identities = new HashSet<NamespaceIdentity>();
        foreach (string name in there)
        {
            // A start that was killed may have left the name without the namespace.
            using NetNamespaceHandle? ns = NetNamespaceHandle.TryOpen(name);
            if (ns is not null)
                identities.Add(ns.Identity);
        }

        LabDaemons.EndTunnels(identities);
        foreach (string name in there)
            NetNamespaces.Remove(name);
    }
}
