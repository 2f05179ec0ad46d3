using System.Net.Sockets;

namespace WgNet.Netlink;

/// <summary>IP addresses of links in one namespace.</summary>
public static class Addresses
{
    private const int RequestSize = 256;

    /// <summary>The addresses of a family (Unspecified: both) and of one link (null: all), in the kernel's order.</summary>
    public static IReadOnlyList<NetLinkAddress> List(RouteSession session, NetLink? link = null, AddressFamily family = AddressFamily.Unspecified, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var writer = new MessageWriter(stackalloc byte[64]);
        byte wanted = family switch
        {
            AddressFamily.InterNetwork => RouteConstants.AF_INET,
            AddressFamily.InterNetworkV6 => RouteConstants.AF_INET6,
            _ => RouteConstants.AF_UNSPEC,
        };
        AddressCodec.WriteList(ref writer, wanted, link?.Index ?? 0);
        List<NetLinkAddress> addresses = session.Channel.Dump<NetLinkAddress>(writer.Written, AddressCodec.Decode, $"list the addresses{session.Where}", link?.Name, cancel);
        Dictionary<int, string> names = link is null ? Links.Names(session, cancel) : new() { [link.Index] = link.Name };
        for (int i = 0; i < addresses.Count; i++)
        {
            NetLinkAddress one = addresses[i];
            addresses[i] = one with { Namespace = session.NamespaceName, InterfaceName = names.GetValueOrDefault(one.InterfaceIndex, one.InterfaceName) };
        }

        // A kernel without strict checking ignores the filter.
        if (link is not null)
            addresses.RemoveAll(one => one.InterfaceIndex != link.Index);
        return addresses;
    }

    /// <summary>Gives an address to a link, and returns it as the kernel keeps it. Faults: "AddressExists", "LinkNotFound", "InvalidAddress".</summary>
    public static NetLinkAddress Add(RouteSession session, NetLink link, AddressSpec spec)
    {
        Check(session, link, spec);
        var writer = new MessageWriter(stackalloc byte[RequestSize]);
        AddressCodec.WriteAdd(ref writer, link.Index, spec);
        List<NetLinkAddress> echoed;
        try
        {
            echoed = session.Channel.Query<NetLinkAddress>(writer.Written, AddressCodec.Decode, $"add the address {spec} to the link '{link.Name}'{session.Where}", spec.ToString());
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.EEXIST)
        {
            throw refusal.As("AddressExists", FaultKind.Exists, "Get-NetLinkAddress shows which link has it.");
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.ENODEV)
        {
            throw refusal.As("LinkNotFound", FaultKind.NotFound, "The link may just have gone away.");
        }

        if (echoed is [.., var made])
            return made with { Namespace = session.NamespaceName, InterfaceName = link.Name };
        return Find(session, link, spec) ?? throw new FaultException("AddressNotFound", FaultKind.NotFound,
            $"The address {spec} was added to the link '{link.Name}'{session.Where}, and is already gone.", spec.ToString());
    }

    /// <summary>Takes an address from a link. Fault "AddressNotFound".</summary>
    public static void Remove(RouteSession session, NetLink link, AddressSpec spec)
    {
        Check(session, link, spec);
        var writer = new MessageWriter(stackalloc byte[RequestSize]);
        AddressCodec.WriteRemove(ref writer, link.Index, spec);
        try
        {
            session.Channel.Execute(writer.Written, $"remove the address {spec} from the link '{link.Name}'{session.Where}", spec.ToString());
        }
        catch (NetlinkException refusal) when (refusal.Error is Errno.EADDRNOTAVAIL or Errno.ENODEV)
        {
            throw refusal.As("AddressNotFound", FaultKind.NotFound, "Get-NetLinkAddress lists the addresses that there are.");
        }
    }

    /// <summary>The address as the kernel keeps it, or null.</summary>
    public static NetLinkAddress? Find(RouteSession session, NetLink link, AddressSpec spec)
    {
        Check(session, link, spec);
        return List(session, link, spec.Address.AddressFamily)
            .FirstOrDefault(one => one.Address.Equals(spec.Address) && one.PrefixLength == spec.PrefixLength
                && Equals(one.Peer, spec.Peer is null || spec.Peer.Equals(spec.Address) ? null : spec.Peer));
    }

    private static void Check(RouteSession session, NetLink link, AddressSpec spec)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(spec);
        int bits = spec.Address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (spec.PrefixLength < 0 || spec.PrefixLength > bits)
            throw new FaultException("InvalidAddress", FaultKind.InvalidArgument, $"A prefix length of {spec.PrefixLength} does not fit {spec.Address}: 0 to {bits}.", spec.ToString());
        if (spec.Peer is not null && spec.Peer.AddressFamily != spec.Address.AddressFamily)
            throw new FaultException("InvalidAddress", FaultKind.InvalidArgument, $"The peer {spec.Peer} is of another family than {spec.Address}.", spec.ToString());
    }
}
