using System.Globalization;
using WgNet.Netlink;

namespace WgNet.WireGuard.Tunnels;

/// <summary>
/// Where the UDP socket of a kernel tunnel lives. rtnetlink cannot say it (WireGuard's link operations have no get_link_net), so it is
/// written into the interface's alias when the tunnel is made, where ip-link(8) shows it and every later session finds it. A name alone
/// could come to mean another namespace, so the namespace's cookie stands beside it.
/// A userspace tunnel needs no record: its daemon's own namespace is the truth.
/// </summary>
/// <param name="Name">What the namespace was called then; '' where nothing named it.</param>
/// <param name="Cookie">What it is; null where the kernel (before 5.14) could not say.</param>
internal sealed record TransportRecord(string Name, ulong? Cookie)
{
    private const string Prefix = "wireguard transport: ";
    private const string CookiePrefix = "netns cookie ";
    private const string FirstProcess = "pid:1";

    /// <summary>The record of an open namespace: by name where it has one, else by a process that is in it.</summary>
    public static TransportRecord Of(NetNamespaceHandle transport)
    {
        string? name = transport.HasName ? transport.Name
            : NetNamespaces.Names().Append(FirstProcess).FirstOrDefault(other => NamespaceIdentity.TryOfName(other) == transport.Identity);
        return new TransportRecord(name ?? transport.Name, NamespaceCookie.Of(transport));
    }

    /// <summary>Reads an alias; null where it is no record.</summary>
    public static TransportRecord? Parse(string? alias)
    {
        if (alias is null || !alias.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        string text = alias[Prefix.Length..];
        int bracket = text.LastIndexOf('[');
        return bracket >= 0 && text.EndsWith(']') && text.AsSpan(bracket + 1).StartsWith(CookiePrefix)
            && ulong.TryParse(text.AsSpan(bracket + 1 + CookiePrefix.Length)[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong cookie)
            ? new TransportRecord(text[..bracket].TrimEnd(' '), cookie)
            : new TransportRecord(text, null);
    }

    /// <summary>
    /// What the namespace is called now, as a session whose tunnels are in <paramref name="home"/> sees it; '' is the caller's own. Null
    /// where nothing names it any more.
    /// </summary>
    public string? Locate(NetNamespaceHandle home)
    {
        if (Is(home))
            return home.Name;
        if (Opens(""))
            return "";
        if (Name.Length > 0 && Opens(Name))
            return Name;

        // It may have been given another name since.
        return Cookie is null ? null : NetNamespaces.Names().Append(FirstProcess).FirstOrDefault(Opens);
    }

    /// <summary>The alias that says it.</summary>
    public override string ToString() => Prefix + (Cookie is null ? Name : $"{Name} [{CookiePrefix}{Cookie}]");

    private bool Opens(string name)
    {
        try
        {
            using NetNamespaceHandle ns = NetNamespaceHandle.Open(name);
            return Is(ns);
        }
        catch (FaultException)
        {
            return false;
        }
    }

    private bool Is(NetNamespaceHandle ns) => Cookie is null ? IsIdentity(Name, ns.Identity) : NamespaceCookie.Of(ns) == Cookie;

    private static bool IsIdentity(string name, NamespaceIdentity identity)
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
