using System.Net;
using System.Runtime.InteropServices;
using static WgNet.Netlink.RouteAttribute;
using static WgNet.Netlink.RouteConstants;

namespace WgNet.Netlink;

/// <summary>The kernel's next hop objects (ip-nexthop(8)), which routes may name instead of having next hops of their own.</summary>
internal static class NextHopObjects
{
    /// <summary>Reads all of them; a group as its members with their weights.</summary>
    public static Dictionary<uint, NetLinkNextHop[]> List(RouteSession session, CancellationToken cancel)
    {
        var writer = new MessageWriter(stackalloc byte[64]);
        WriteList(ref writer);
        List<NextHopObject> all = session.Channel.Dump<NextHopObject>(writer.Written, Decode, $"list the next hop objects{session.Where}", cancel: cancel);
        var single = new Dictionary<uint, NetLinkNextHop>();
        foreach (NextHopObject one in all.Where(one => one.Members is null))
            single[one.Id] = one.Hop;
        var ways = new Dictionary<uint, NetLinkNextHop[]>();
        foreach (NextHopObject one in all)
            ways[one.Id] = one.Members is null ? [one.Hop] : Members(one.Members, single);
        return ways;
    }

    public static void WriteList(ref MessageWriter writer)
    {
        writer.Begin(RTM_GETNEXTHOP, MessageFlags.Dump);
        writer.Struct(default(NextHopObjectHeader));
        writer.End();
    }

    public static bool Decode(in Message message, out NextHopObject item)
    {
        item = null!;
        if (message.Type != RTM_NEWNEXTHOP)
            return false;
        uint id = 0;
        IPAddress? gateway = null;
        int index = 0;
        NextHopGroupMember[]? members = null;
        AttributeReader reader = message.Attributes<NextHopObjectHeader>();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case NHA_ID: id = reader.U32(); break;
                case NHA_GATEWAY: gateway = reader.Address(); break;
                case NHA_OIF: index = reader.S32(); break;
                case NHA_GROUP: members = Group(reader.Value); break;
            }
        }

        NextHopFlags flags = (NextHopFlags)message.Header<NextHopObjectHeader>().Flags;
        item = new NextHopObject(
            id,
            new NetLinkNextHop
            {
                Gateway = gateway,
                InterfaceIndex = index,
                OnLink = flags.HasFlag(NextHopFlags.OnLink),
                IsDead = (flags & (NextHopFlags.Dead | NextHopFlags.LinkDown)) != 0,
            },
            members);
        return !reader.Failed;
    }

    // struct nexthop_grp has no padding, but an odd tail must not throw.
    private static NextHopGroupMember[] Group(ReadOnlySpan<byte> value) =>
        MemoryMarshal.Cast<byte, NextHopGroupMember>(value).ToArray();

    private static NetLinkNextHop[] Members(NextHopGroupMember[] members, Dictionary<uint, NetLinkNextHop> single) =>
        [.. members.Where(member => single.ContainsKey(member.Id)).Select(member => single[member.Id] with { Weight = member.Weight + (member.WeightHigh << 8) + 1 })];
}

/// <summary>One next hop object: a way, or a group of other objects.</summary>
internal sealed record NextHopObject(uint Id, NetLinkNextHop Hop, NextHopGroupMember[]? Members);
