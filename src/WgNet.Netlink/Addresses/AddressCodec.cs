using System.Net;
using System.Net.Sockets;
using static WgNet.Netlink.AddressAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>Addresses as netlink messages, both ways.</summary>
internal static class AddressCodec
{
    /// <summary>Reads one RTM_NEWADDR or RTM_DELADDR. The namespace and the link's name are the caller's to add.</summary>
    public static bool Decode(in Message message, out NetLinkAddress address)
    {
        address = null!;
        if (message.Type is not (RTM_NEWADDR or RTM_DELADDR))
            return false;
        AddressHeader header = message.Header<AddressHeader>();
        IPAddress? local = null, prefix = null;
        uint flags = header.Flags;
        var lifetime = new AddressLifetime { Preferred = uint.MaxValue, Valid = uint.MaxValue };
        AttributeReader reader = message.Attributes<AddressHeader>();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFA_LOCAL: local = reader.Address(); break;
                case IFA_ADDRESS: prefix = reader.Address(); break;
                case IFA_FLAGS: flags = reader.U32(); break;
                case IFA_CACHEINFO: lifetime = reader.Read<AddressLifetime>(); break;
            }
        }

        // IPv6 sends IFA_LOCAL only with a peer; IPv4 always, equal to IFA_ADDRESS where there is no peer.
        if (reader.Failed || (local ?? prefix) is not { } own)
            return false;
        address = new NetLinkAddress
        {
            InterfaceName = $"#{header.Index}",
            InterfaceIndex = header.Index,
            Address = own,
            PrefixLength = header.PrefixLength,
            Peer = prefix is null || prefix.Equals(own) ? null : prefix,
            Scope = header.Scope,
            Flags = (NetLinkAddressFlags)flags,
            ValidLifetime = Lifetime(lifetime.Valid),
            PreferredLifetime = Lifetime(lifetime.Preferred),
        };
        return true;
    }

    /// <summary>Asks for the addresses of a family (0 for both) and of a link (0 for all); the kernel filters.</summary>
    public static void WriteList(ref MessageWriter writer, byte family, int index)
    {
        writer.Begin(RTM_GETADDR, MessageFlags.Dump);
        writer.Struct(new AddressHeader { Family = family, Index = index });
        writer.End();
    }

    /// <summary>Asks for a new address, and for an echo, which Linux sends of IPv4 only.</summary>
    public static void WriteAdd(ref MessageWriter writer, int index, AddressSpec spec) =>
        Write(ref writer, RTM_NEWADDR, MessageFlags.Ack | MessageFlags.Echo | MessageFlags.Create | MessageFlags.Exclusive, index, spec);

    public static void WriteRemove(ref MessageWriter writer, int index, AddressSpec spec) =>
        Write(ref writer, RTM_DELADDR, MessageFlags.Ack, index, spec);

    public static byte Family(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? AF_INET : AF_INET6;

    private static void Write(ref MessageWriter writer, ushort type, MessageFlags flags, int index, AddressSpec spec)
    {
        writer.Begin(type, flags);
        writer.Struct(new AddressHeader
        {
            Family = Family(spec.Address),
            PrefixLength = (byte)spec.PrefixLength,
            Flags = (byte)spec.Flags,
            Scope = spec.Scope,
            Index = index,
        });
        writer.Address(IFA_LOCAL, spec.Address);
        writer.Address(IFA_ADDRESS, spec.Peer ?? spec.Address);
        if ((uint)spec.Flags > byte.MaxValue)
            writer.U32(IFA_FLAGS, (uint)spec.Flags);
        writer.End();
    }

    private static TimeSpan? Lifetime(uint seconds) => seconds == uint.MaxValue ? null : TimeSpan.FromSeconds(seconds);
}
