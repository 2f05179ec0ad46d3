using static WgNet.Netlink.LinkAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>Links as netlink messages, both ways.</summary>
internal static class LinkCodec
{
    /// <summary>Reads one RTM_NEWLINK or RTM_DELLINK. The namespace and the master's name are the caller's to add.</summary>
    public static bool Decode(in Message message, out NetLink link)
    {
        if (!LinkView.TryRead(in message, out LinkView view))
        {
            link = null!;
            return false;
        }

        link = new NetLink
        {
            Name = AttributeReader.TextOf(view.Name),
            Index = view.Header.Index,
            Kind = Kind(in view),
            Flags = view.Header.Flags,
            OperationalState = view.OperationalState,
            Mtu = view.Mtu,
            MacAddress = MacAddress.Format(view.MacAddress),
            MasterIndex = view.MasterIndex,
            Alias = view.Alias.IsEmpty ? null : AttributeReader.TextOf(view.Alias),
            LinkIndex = view.LowerIndex,
            LinkNamespaceId = view.LowerNamespaceId < 0 ? null : view.LowerNamespaceId,
            Statistics = Statistics(in view.Counters),
        };
        return true;
    }

    /// <summary>
    /// The id of the namespace that a link went to, as this one knows it: RTM_DELLINK tells of a move that way. Null: it did not move.
    /// </summary>
    public static int? DecodeMove(in Message message)
    {
        int? id = null;
        AttributeReader reader = message.Attributes<LinkHeader>();
        while (message.Type == RTM_DELLINK && reader.Next())
        {
            if (reader.Type == IFLA_NEW_NETNSID)
                id = reader.S32();
        }

        return id is < 0 ? null : id;
    }

    public static void WriteList(ref MessageWriter writer, bool counters)
    {
        writer.Begin(RTM_GETLINK, MessageFlags.Dump);
        writer.Struct(default(LinkHeader));
        if (!counters)
            writer.U32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        writer.End();
    }

    /// <summary>Asks for one link, by index or, where that is 0, by name.</summary>
    public static void WriteFind(ref MessageWriter writer, int index, string? name)
    {
        writer.Begin(RTM_GETLINK, MessageFlags.Ack);
        writer.Struct(new LinkHeader { Index = index });
        if (name is not null)
            writer.Text(IFLA_IFNAME, name);
        writer.End();
    }

    /// <summary>
    /// Writes what RTM_NEWLINK takes at once, and asks for an echo, which Linux sends since 6.2; alias and address generation are for
    /// <see cref="WriteChange"/>. The echo of a link for another namespace would go to whatever socket there has our port's number.
    /// </summary>
    public static void WriteCreate(ref MessageWriter writer, LinkSpec spec, bool up, NetNamespaceHandle? target = null)
    {
        MessageFlags echo = target is null ? MessageFlags.Echo : 0;
        writer.Begin(RTM_NEWLINK, MessageFlags.Ack | echo | MessageFlags.Create | MessageFlags.Exclusive);
        NetLinkFlags flags = up ? NetLinkFlags.Up : NetLinkFlags.None;
        writer.Struct(new LinkHeader { Flags = flags, Change = flags });
        if (target is not null)
            writer.S32(IFLA_NET_NS_FD, target.Descriptor);
        if (spec.MasterIndex is int master)
            writer.S32(IFLA_MASTER, master);
        if (spec.Mtu is int mtu)
            writer.S32(IFLA_MTU, mtu);
        if (spec.MacAddress is not null)
            writer.Bytes(IFLA_ADDRESS, MacAddress.Parse(spec.MacAddress));
        writer.Text(IFLA_IFNAME, spec.Name);
        int info = writer.Nest(IFLA_LINKINFO);
        writer.Bytes(IFLA_INFO_KIND, System.Text.Encoding.UTF8.GetBytes(spec.Kind));
        if (spec.Data is not null)
        {
            int data = writer.Nest(IFLA_INFO_DATA);
            spec.Data.Write(ref writer);
            writer.EndNest(data);
        }

        writer.EndNest(info);
        writer.End();
    }

    public static void WriteChange(ref MessageWriter writer, int index, LinkChange change)
    {
        writer.Begin(RTM_NEWLINK, MessageFlags.Ack);
        writer.Struct(new LinkHeader
        {
            Index = index,
            Flags = change.Up == true ? NetLinkFlags.Up : NetLinkFlags.None,
            Change = change.Up is null ? NetLinkFlags.None : NetLinkFlags.Up,
        });
        if (change.Namespace is not null)
            writer.S32(IFLA_NET_NS_FD, change.Namespace.Descriptor);
        if (change.Name is not null)
            writer.Text(IFLA_IFNAME, change.Name);
        if (change.Mtu is int mtu)
            writer.S32(IFLA_MTU, mtu);
        if (change.MacAddress is not null)
            writer.Bytes(IFLA_ADDRESS, MacAddress.Parse(change.MacAddress));
        if (change.MasterIndex is int master)
            writer.S32(IFLA_MASTER, master);
        if (change.Alias is not null)
            writer.Bytes(IFLA_IFALIAS, System.Text.Encoding.UTF8.GetBytes(change.Alias));
        if (change.AddressGenerationMode is AddressGenerationMode mode)
        {
            int families = writer.Nest(IFLA_AF_SPEC);
            int ipv6 = writer.Nest(AF_INET6);
            writer.U8(IFLA_INET6_ADDR_GEN_MODE, (byte)mode);
            writer.EndNest(ipv6);
            writer.EndNest(families);
        }

        writer.End();
    }

    public static void WriteRemove(ref MessageWriter writer, int index)
    {
        writer.Begin(RTM_DELLINK, MessageFlags.Ack);
        writer.Struct(new LinkHeader { Index = index });
        writer.End();
    }

    /// <summary>
    /// A request to make a link that the kernel must refuse, but only after it has looked up the kind: no device may have
    /// zero transmit queues (rtnl_create_link in net/core/rtnetlink.c). Nothing is allocated.
    /// </summary>
    public static void WriteKindProbe(ref MessageWriter writer, string kind)
    {
        writer.Begin(RTM_NEWLINK, MessageFlags.Ack | MessageFlags.Create | MessageFlags.Exclusive);
        writer.Struct(default(LinkHeader));
        writer.U32(IFLA_NUM_TX_QUEUES, 0);
        int info = writer.Nest(IFLA_LINKINFO);
        writer.Bytes(IFLA_INFO_KIND, System.Text.Encoding.UTF8.GetBytes(kind));
        writer.EndNest(info);
        writer.End();
    }

    // What a list of thousands mostly holds is not made anew for each.
    private static string Kind(scoped in LinkView view)
    {
        ReadOnlySpan<byte> kind = view.Kind.TrimEnd((byte)0);
        if (kind.IsEmpty)
            return view.Header.Flags.HasFlag(NetLinkFlags.Loopback) ? "loopback" : "hardware";
        if (kind.SequenceEqual("veth"u8))
            return "veth";
        if (kind.SequenceEqual("wireguard"u8))
            return "wireguard";
        return kind.SequenceEqual("tun"u8) ? "tun" : AttributeReader.TextOf(view.Kind);
    }

    private static NetLinkStatistics Statistics(in LinkCounters counters) => new()
    {
        ReceivedBytes = counters.ReceivedBytes,
        ReceivedPackets = counters.ReceivedPackets,
        ReceivedErrors = counters.ReceivedErrors,
        ReceivedDropped = counters.ReceivedDropped,
        SentBytes = counters.SentBytes,
        SentPackets = counters.SentPackets,
        SentErrors = counters.SentErrors,
        SentDropped = counters.SentDropped,
    };
}
