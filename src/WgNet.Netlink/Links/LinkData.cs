using static WgNet.Netlink.LinkAttribute;

namespace WgNet.Netlink;

/// <summary>What one kind of link needs when it is made (IFLA_INFO_DATA).</summary>
public abstract record LinkData
{
    private protected LinkData()
    {
    }

    internal abstract void Write(ref MessageWriter writer);
}

/// <summary>The other end of a veth.</summary>
/// <param name="PeerName">Its name; null lets the kernel number it.</param>
public sealed record VethData(string? PeerName) : LinkData
{
    /// <summary>The namespace that it is made in; null is the same one.</summary>
    public NetNamespaceHandle? PeerNamespace { get; init; }

    public string? PeerMacAddress { get; init; }

    public int? PeerMtu { get; init; }

    /// <summary>Brings it up, in a second request: while they are made, neither end knows the other yet.</summary>
    public bool PeerUp { get; init; }

    internal override void Write(ref MessageWriter writer)
    {
        // No nest: the peer is a whole struct ifinfomsg with its attributes behind it.
        int start = writer.Length;
        writer.Flag(VETH_INFO_PEER);
        writer.Struct(default(LinkHeader));
        if (PeerMacAddress is not null)
            writer.Bytes(IFLA_ADDRESS, MacAddress.Parse(PeerMacAddress));
        if (PeerMtu is int mtu)
            writer.S32(IFLA_MTU, mtu);
        if (PeerNamespace is not null)
            writer.S32(IFLA_NET_NS_FD, PeerNamespace.Descriptor);
        if (PeerName is not null)
            writer.Text(IFLA_IFNAME, PeerName);
        writer.PatchLength(start);
    }
}

/// <summary>The table of a VRF.</summary>
public sealed record VrfData(uint Table) : LinkData
{
    internal override void Write(ref MessageWriter writer) => writer.U32(IFLA_VRF_TABLE, Table);
}

/// <summary>Settings of a bridge.</summary>
public sealed record BridgeData : LinkData
{
    /// <summary>Whether it learns who listens to which multicast group; routers that speak OSPF are better off without.</summary>
    public bool? MulticastSnooping { get; init; }

    internal override void Write(ref MessageWriter writer)
    {
        if (MulticastSnooping is bool snooping)
            writer.U8(IFLA_BR_MCAST_SNOOPING, snooping ? (byte)1 : (byte)0);
    }
}
