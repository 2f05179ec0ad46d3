using static WgNet.Netlink.AddressAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>An address of a link as it stands in the receive buffer. It costs no allocation.</summary>
internal ref struct AddressView
{
    public AddressHeader Header;

    /// <summary>The address itself: 4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> Own;

    /// <summary>The other end; none where there is none.</summary>
    public ReadOnlySpan<byte> Peer;

    public AddressLifetime Lifetime;
    public NetLinkAddressFlags Flags;

    /// <summary>Reads one RTM_NEWADDR or RTM_DELADDR; false for anything else, and for what is broken.</summary>
    public static bool TryRead(scoped in Message message, out AddressView address)
    {
        address = default;
        if (message.Type is not (RTM_NEWADDR or RTM_DELADDR))
            return false;
        address.Header = message.Header<AddressHeader>();
        address.Flags = (NetLinkAddressFlags)address.Header.Flags;
        address.Lifetime = new AddressLifetime { Preferred = uint.MaxValue, Valid = uint.MaxValue };
        ReadOnlySpan<byte> local = default, prefix = default;
        AttributeReader reader = message.Attributes<AddressHeader>();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFA_LOCAL: local = reader.AddressBytes(); break;
                case IFA_ADDRESS: prefix = reader.AddressBytes(); break;
                case IFA_FLAGS: address.Flags = (NetLinkAddressFlags)reader.U32(); break;
                case IFA_CACHEINFO: address.Lifetime = reader.Read<AddressLifetime>(); break;
            }
        }

        // IPv6 sends IFA_LOCAL only with a peer; IPv4 always, equal to IFA_ADDRESS where there is no peer.
        address.Own = local.IsEmpty ? prefix : local;
        address.Peer = prefix.SequenceEqual(address.Own) ? default : prefix;
        return !reader.Failed && !address.Own.IsEmpty;
    }
}
