namespace WgNet.Netlink;

/// <summary>
/// A conversation with the routing netlink of one network namespace: what links, addresses,
/// routes and neighbours are asked for through. One request at a time; not thread safe.
/// </summary>
public sealed class RouteSession : IDisposable
{
    private readonly NetlinkSocket? _socket;

    private RouteSession(NetlinkSocket socket, NetNamespaceHandle ns)
        : this(socket, ns.Name) => Identity = ns.Identity;

    /// <summary>A session over any channel: wire-level tests answer through it.</summary>
    internal RouteSession(INetlinkChannel channel, string namespaceName)
    {
        Channel = channel;
        NamespaceName = namespaceName;
    }

    /// <summary>A session over a socket that it owns from now on.</summary>
    internal static RouteSession Over(NetlinkSocket socket, string namespaceName) => new(socket, namespaceName);

    private RouteSession(NetlinkSocket socket, string namespaceName)
        : this((INetlinkChannel)socket, namespaceName) => _socket = socket;

    /// <summary>The namespace as the user gave it; "" for the caller's own.</summary>
    public string NamespaceName { get; }

    /// <summary>Which namespace it is, whatever it was called.</summary>
    public NamespaceIdentity Identity { get; }

    internal INetlinkChannel Channel { get; }

    /// <summary>Makes routes of what the kernel echoes. What it keeps of names is as old as the session.</summary>
    internal RouteMaker RouteMaker => field ??= new RouteMaker(NamespaceName, Channel.LinkName);

    /// <summary>Appended to a name in messages: " in namespace 'private'", or nothing in the caller's own.</summary>
    internal string Where => NamespaceName.Length == 0 ? "" : $" in namespace '{NamespaceName}'";

    /// <summary>Opens a session in an open namespace, which may be disposed afterwards.</summary>
    public static RouteSession Open(NetNamespaceHandle ns)
    {
        ArgumentNullException.ThrowIfNull(ns);
        return new RouteSession(NetlinkSocket.Open(NetlinkConstants.NETLINK_ROUTE, ns), ns);
    }

    /// <summary>Opens a session in a namespace named as users do; null or "" is the caller's own. Fault "NamespaceNotFound".</summary>
    public static RouteSession Open(string? namespaceName)
    {
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(namespaceName);
        return Open(ns);
    }

    public void Dispose() => _socket?.Dispose();
}
