using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static WgNet.Netlink.LinkAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>Links as netlink messages, both ways.</summary>
internal static class LinkCodec
{
    /// <summary>Reads one RTM_NEWLINK or RTM_DELLINK. The namespace and the master's name are the caller's to add.</summary>
    public static bool Decode(in Message message, out NetLink link)
    {
        link = null!;
        if (message.Type is not (RTM_NEWLINK or RTM_DELLINK))
            return false;
        LinkHeader header = message.Header<LinkHeader>();

        // A bridge tells of its ports under its own family; a port that leaves looks like a link that goes.
        if (header.Family != AF_UNSPEC)
            return false;
        string name = "";
        string kind = header.Flags.HasFlag(NetLinkFlags.Loopback) ? "loopback" : "hardware";
        string? mac = null, alias = null;
        int mtu = 0, master = 0, lower = 0;
        int? lowerNamespace = null;
        NetLinkOperationalState state = default;
        LinkCounters counters = default;
        AttributeReader reader = message.Attributes<LinkHeader>();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_IFNAME: name = reader.Text(); break;
                case IFLA_ADDRESS: mac = MacAddress.Format(reader.Value); break;
                case IFLA_MTU: mtu = reader.S32(); break;
                case IFLA_LINK: lower = reader.S32(); break;
                case IFLA_LINK_NETNSID: lowerNamespace = reader.S32(); break;
                case IFLA_MASTER: master = reader.S32(); break;
                case IFLA_IFALIAS: alias = reader.Text(); break;
                case IFLA_OPERSTATE: state = (NetLinkOperationalState)reader.U8(); break;
                case IFLA_STATS64: counters = Counters(reader.Value); break;
                case IFLA_LINKINFO: kind = Kind(ref reader) ?? kind; break;
            }
        }

        if (reader.Failed || name.Length == 0)
            return false;
        link = new NetLink
        {
            Name = name,
            Index = header.Index,
            Kind = kind,
            Flags = header.Flags,
            OperationalState = state,
            Mtu = mtu,
            MacAddress = mac,
            MasterIndex = master,
            Alias = alias,
            LinkIndex = lower,
            LinkNamespaceId = lowerNamespace is < 0 ? null : lowerNamespace,
            Statistics = Statistics(in counters),
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

    /// <summary>Writes what RTM_NEWLINK takes at once, and asks for an echo, which Linux sends since 6.2; alias and address generation are for <see cref="WriteChange"/>.</summary>
    public static void WriteCreate(ref MessageWriter writer, LinkSpec spec, bool up)
    {
        writer.Begin(RTM_NEWLINK, MessageFlags.Ack | MessageFlags.Echo | MessageFlags.Create | MessageFlags.Exclusive);
        NetLinkFlags flags = up ? NetLinkFlags.Up : NetLinkFlags.None;
        writer.Struct(new LinkHeader { Flags = flags, Change = flags });
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

    private static string? Kind(ref AttributeReader link)
    {
        string? kind = null;
        AttributeReader info = link.Nested;
        while (info.Next())
        {
            if (info.Type == IFLA_INFO_KIND)
                kind = info.Text();
        }

        link.Absorb(in info);
        return kind;
    }

    private static LinkCounters Counters(ReadOnlySpan<byte> value) =>
        value.Length >= Unsafe.SizeOf<LinkCounters>() ? MemoryMarshal.Read<LinkCounters>(value) : default;

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
