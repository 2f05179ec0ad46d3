using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static WgNet.Netlink.LinkAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>A link as it stands in the receive buffer: numbers are read, texts are still bytes there. It costs no allocation.</summary>
internal ref struct LinkView
{
    public LinkHeader Header;

    /// <summary>UTF-8 with its NUL; see <see cref="AttributeReader.TextOf"/>.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>IFLA_INFO_KIND; none where the kernel names no kind.</summary>
    public ReadOnlySpan<byte> Kind;

    public ReadOnlySpan<byte> MacAddress;
    public ReadOnlySpan<byte> Alias;
    public LinkCounters Counters;
    public NetLinkOperationalState OperationalState;
    public int Mtu;

    /// <summary>0 for none.</summary>
    public int MasterIndex;

    /// <summary>0 for none.</summary>
    public int LowerIndex;

    /// <summary>Negative for none.</summary>
    public int LowerNamespaceId;

    /// <summary>Reads one RTM_NEWLINK or RTM_DELLINK; false for anything else, and for what is broken.</summary>
    public static bool TryRead(scoped in Message message, out LinkView link)
    {
        link = default;
        if (message.Type is not (RTM_NEWLINK or RTM_DELLINK))
            return false;
        link.Header = message.Header<LinkHeader>();

        // A bridge tells of its ports under its own family; a port that leaves looks like a link that goes.
        if (link.Header.Family != AF_UNSPEC)
            return false;
        link.LowerNamespaceId = -1;
        AttributeReader reader = message.Attributes<LinkHeader>();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_IFNAME: link.Name = reader.Value; break;
                case IFLA_ADDRESS: link.MacAddress = reader.Value; break;
                case IFLA_MTU: link.Mtu = reader.S32(); break;
                case IFLA_LINK: link.LowerIndex = reader.S32(); break;
                case IFLA_LINK_NETNSID: link.LowerNamespaceId = reader.S32(); break;
                case IFLA_MASTER: link.MasterIndex = reader.S32(); break;
                case IFLA_IFALIAS: link.Alias = reader.Value; break;
                case IFLA_OPERSTATE: link.OperationalState = (NetLinkOperationalState)reader.U8(); break;
                case IFLA_STATS64: link.Counters = ReadCounters(reader.Value); break;
                case IFLA_LINKINFO: link.Kind = ReadKind(ref reader); break;
            }
        }

        return !reader.Failed && !link.Name.IsEmpty && link.Name[0] != 0;
    }

    private static ReadOnlySpan<byte> ReadKind(scoped ref AttributeReader link)
    {
        ReadOnlySpan<byte> kind = default;
        AttributeReader info = link.Nested;
        while (info.Next())
        {
            if (info.Type == IFLA_INFO_KIND)
                kind = info.Value;
        }

        link.Absorb(in info);
        return kind;
    }

    private static LinkCounters ReadCounters(ReadOnlySpan<byte> value) =>
        value.Length >= Unsafe.SizeOf<LinkCounters>() ? MemoryMarshal.Read<LinkCounters>(value) : default;
}
