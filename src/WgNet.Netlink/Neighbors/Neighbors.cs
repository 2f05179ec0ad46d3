using System.Net;
using System.Net.Sockets;
using static WgNet.Netlink.NeighborAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>The neighbours of one namespace's links: list only.</summary>
public static class Neighbors
{
    /// <summary>The neighbours of a family (Unspecified: both), in the kernel's order.</summary>
    public static IReadOnlyList<NetLinkNeighbor> List(RouteSession session, AddressFamily family = AddressFamily.Unspecified, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        List<NetLinkNeighbor> neighbors = [];
        if (family is AddressFamily.Unspecified or AddressFamily.InterNetwork)
            neighbors.AddRange(Dump(session, AF_INET, cancel));
        if (family is AddressFamily.Unspecified or AddressFamily.InterNetworkV6)
            neighbors.AddRange(Dump(session, AF_INET6, cancel));
        Dictionary<int, string> names = Links.Names(session, cancel);
        for (int i = 0; i < neighbors.Count; i++)
        {
            NetLinkNeighbor one = neighbors[i];
            neighbors[i] = one with { Namespace = session.NamespaceName, InterfaceName = names.GetValueOrDefault(one.InterfaceIndex, one.InterfaceName) };
        }

        return neighbors;
    }

    internal static void WriteList(ref MessageWriter writer, byte family)
    {
        writer.Begin(RTM_GETNEIGH, MessageFlags.Dump);
        writer.Struct(new NeighborHeader { Family = family });
        writer.End();
    }

    /// <summary>Reads one RTM_NEWNEIGH. The namespace and the link's name are the caller's to add.</summary>
    internal static bool Decode(in Message message, out NetLinkNeighbor neighbor)
    {
        neighbor = null!;
        if (message.Type is not (RTM_NEWNEIGH or RTM_DELNEIGH))
            return false;
        NeighborHeader header = message.Header<NeighborHeader>();
        if (header.Family is not (AF_INET or AF_INET6))
            return false;
        IPAddress? address = null;
        string? mac = null;
        AttributeReader reader = message.Attributes<NeighborHeader>();
        while (reader.Next())
        {
            if (reader.Type == NDA_DST)
                address = reader.Address();
            else if (reader.Type == NDA_LLADDR)
                mac = MacAddress.Format(reader.Value);
        }

        if (reader.Failed || address is null)
            return false;
        neighbor = new NetLinkNeighbor
        {
            InterfaceName = $"#{header.Index}",
            InterfaceIndex = header.Index,
            Address = address,
            MacAddress = mac,
            State = header.State,
            IsRouter = (header.Flags & NTF_ROUTER) != 0,
            IsProxy = (header.Flags & NTF_PROXY) != 0,
        };
        return true;
    }

    private static List<NetLinkNeighbor> Dump(RouteSession session, byte family, CancellationToken cancel)
    {
        var writer = new MessageWriter(stackalloc byte[64]);
        WriteList(ref writer, family);
        return session.Channel.Dump<NetLinkNeighbor>(writer.Written, Decode, $"list the neighbours{session.Where}", cancel: cancel);
    }
}
