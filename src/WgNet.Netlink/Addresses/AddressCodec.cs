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
        if (!AddressView.TryRead(in message, out AddressView view))
        {
            address = null!;
            return false;
        }

        address = new NetLinkAddress
        {
            InterfaceName = $"#{view.Header.Index}",
            InterfaceIndex = view.Header.Index,
            Address = new IPAddress(view.Own),
            PrefixLength = view.Header.PrefixLength,
            Peer = view.Peer.IsEmpty ? null : new IPAddress(view.Peer),
            Scope = view.Header.Scope,
            Flags = view.Flags,
            ValidLifetime = Lifetime(view.Lifetime.Valid),
            PreferredLifetime = Lifetime(view.Lifetime.Preferred),
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
