using WgNet.Netlink;
using WgNet.WireGuard.Userspace;

namespace WgNet.WireGuard.Tunnels;

/// <summary>A WireGuard interface that was found, and which back end serves it.</summary>
internal sealed record LocatedTunnel(NetLink Link, UserspaceDevice? Userspace)
{
    /// <summary>The kernel's word for its own WireGuard's links (drivers/net/wireguard/device.c).</summary>
    public const string KernelKind = "wireguard";

    /// <summary>The kind of every userspace device's link.</summary>
    public const string UserspaceKind = "tun";

    // The sockets are root's, mode 0700; a daemon's descriptors tell which interface it serves, and the interface (TUNGETDEVNETNS) where it is.
    private static readonly Capability[] s_lookIntoDaemons = [Capability.CAP_SYS_PTRACE, Capability.CAP_DAC_OVERRIDE, Capability.CAP_NET_ADMIN];

    public WgBackend Backend => Userspace is null ? WgBackend.Kernel : WgBackend.Userspace;

    /// <summary>
    /// The tunnels of a session's namespace whose names pass. TUN interfaces of other programs are not among them; where this user may not
    /// look, each TUN interface is handed to <paramref name="failed"/>, since an empty list would look like an answer.
    /// </summary>
    public static IEnumerable<LocatedTunnel> All(RouteSession session, Func<string, bool> wanted, Action<FaultException> failed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(failed);
        Dictionary<string, UserspaceDevice>? userspace = null;
        NetLink[] links = [.. Links.List(session, cancel).Where(link => wanted(link.Name))];
        string? only = Array.FindAll(links, link => link.Kind == UserspaceKind) is [var one] ? one.Name : null;
        foreach (NetLink link in links)
        {
            if (link.Kind == KernelKind)
            {
                yield return new LocatedTunnel(link, null);
            }
            else if (link.Kind == UserspaceKind)
            {
                userspace ??= UserspaceIn(session, only);
                if (userspace.TryGetValue(link.Name, out UserspaceDevice? device))
                    yield return new LocatedTunnel(link, device);
                else if (!MayLookIntoDaemons)
                    failed(Unreachable(session, link.Name));
            }
        }
    }

    /// <summary>The tunnel of this name. Faults: "TunnelNotFound", "NotATunnel", "TunnelUnreachable".</summary>
    public static LocatedTunnel Find(RouteSession session, string name)
    {
        NetLink link = Links.TryFind(session, name)
            ?? throw new FaultException("TunnelNotFound", FaultKind.NotFound,
                $"There is no tunnel '{name}'{InNamespace(session)}. Get-WgTunnel -AllNamespaces lists what there is.", name);
        return link.Kind switch
        {
            KernelKind => new LocatedTunnel(link, null),
            UserspaceKind => new LocatedTunnel(link, UserspaceIn(session, name).GetValueOrDefault(name) ?? throw Unreachable(session, name)),
            _ => throw new FaultException("NotATunnel", FaultKind.InvalidArgument,
                $"The link '{name}'{InNamespace(session)} is of kind '{link.Kind}', not a WireGuard tunnel.", name),
        };
    }

    // One alone mostly has the name with which its daemon was started: only where it has not, every daemon of the machine is looked at.
    private static Dictionary<string, UserspaceDevice> UserspaceIn(RouteSession session, string? name)
    {
        var found = new Dictionary<string, UserspaceDevice>(StringComparer.Ordinal);
        if (name is not null && UserspaceDevice.Identify(UserspaceDevice.SocketPathOf(name), name) is { } likely && likely.Location == session.Identity)
        {
            found[likely.InterfaceName] = likely;
            return found;
        }

        foreach (UserspaceDevice device in UserspaceDevice.All(name))
        {
            if (device.Location == session.Identity)
                found[device.InterfaceName] = device;
        }

        return found;
    }

    private static bool MayLookIntoDaemons => Capabilities.Has(s_lookIntoDaemons);

    private static FaultException Unreachable(RouteSession session, string name) => MayLookIntoDaemons
        ? new("TunnelUnreachable", FaultKind.Unavailable,
            $"'{name}'{InNamespace(session)} is a TUN interface, but no UAPI socket in {UserspaceDevice.SocketDirectory} serves it. It is another program's, "
            + "or its wireguard-go runs in another mount namespace, or its socket was deleted.", name)
        : new("TunnelPermissionDenied", FaultKind.PermissionDenied,
            $"'{name}'{InNamespace(session)} is a TUN interface, perhaps a tunnel: this user may not look into the daemons in {UserspaceDevice.SocketDirectory}. "
            + Capabilities.Advice(s_lookIntoDaemons), name);

    private static string InNamespace(RouteSession session) => session.NamespaceName.Length == 0 ? "" : $" in namespace '{session.NamespaceName}'";
}
