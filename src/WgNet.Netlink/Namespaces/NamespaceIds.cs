using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>The numbers by which one network namespace knows others (include/uapi/linux/net_namespace.h).</summary>
public static class NamespaceIds
{
    private const ushort NETNSA_NSID = 1;
    private const ushort NETNSA_FD = 3;

    /// <summary>struct rtgenmsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct GenericHeader
    {
        public byte Family;
    }

    /// <summary>The id of a namespace as the session's knows it; null where it was given none (it is given one once a link leads there).</summary>
    public static int? Of(RouteSession session, NetNamespaceHandle ns)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(ns);
        var writer = new MessageWriter(stackalloc byte[64]);
        WriteFind(ref writer, ns.Descriptor);
        List<int> ids = session.Channel.Query<int>(writer.Written, Decode, $"ask for the id of namespace '{ns.Name}'", ns.Name);
        return ids is [>= 0] ? ids[0] : null;
    }

    internal static void WriteFind(ref MessageWriter writer, int descriptor)
    {
        writer.Begin(RouteConstants.RTM_GETNSID, MessageFlags.Ack);
        writer.Struct(default(GenericHeader));
        writer.S32(NETNSA_FD, descriptor);
        writer.End();
    }

    internal static bool Decode(in Message message, out int id)
    {
        id = -1;
        if (message.Type != RouteConstants.RTM_NEWNSID)
            return false;
        AttributeReader reader = message.Attributes<GenericHeader>();
        while (reader.Next())
        {
            if (reader.Type == NETNSA_NSID)
                id = reader.S32();
        }

        return !reader.Failed;
    }
}
