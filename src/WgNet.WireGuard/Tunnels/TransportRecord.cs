using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>
/// Where the UDP socket of a kernel tunnel lives. rtnetlink cannot say it (WireGuard's link operations have no get_link_net), so it is
/// written into the interface's alias when the tunnel is made, where ip-link(8) shows it and every later session finds it.
/// A userspace tunnel needs no record: its daemon's own namespace is the truth.
/// </summary>
internal static class TransportRecord
{
    private const string Prefix = "wireguard transport: ";
    private const string FirstProcess = "pid:1";

    /// <summary>The alias that says it: by name where it has one, else by a process that is surely in it.</summary>
    public static string Write(NetNamespaceHandle transport)
    {
        string name = NetNamespaces.NamesByIdentity().GetValueOrDefault(transport.Identity, transport.Name);
        if (name.Length == 0)
            name = NetNamespaces.Names().FirstOrDefault(other => IsSame(other, transport.Identity)) ?? FirstProcess;
        return Prefix + name;
    }

    /// <summary>The namespace that the alias of a link in <paramref name="home"/> names, '' where that is the caller's own; null where it names none.</summary>
    public static string? Read(string? alias, NetNamespaceHandle home)
    {
        if (alias is null || !alias.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        string name = alias[Prefix.Length..];
        return IsSame(name, home.Identity) ? home.Name
            : IsSame(name, NamespaceIdentity.OfCurrentThread()) ? ""
            : name;
    }

    private static bool IsSame(string name, NamespaceIdentity identity)
    {
        try
        {
            using NetNamespaceHandle ns = NetNamespaceHandle.Open(name);
            return ns.Identity == identity;
        }
        catch (FaultException)
        {
            return false;
        }
    }
}
