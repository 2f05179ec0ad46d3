using WgNet.Netlink;

namespace WgNet.WireGuard.Kernel;

/// <summary>Numbers of generic netlink families (CTRL_CMD_GETFAMILY, include/uapi/linux/genetlink.h).</summary>
internal static class GenericFamily
{
    private const ushort Controller = 0x10;
    private const byte GetFamily = 3;
    private const byte ControllerVersion = 1;
    private const ushort FamilyId = 1;
    private const ushort FamilyName = 2;

    /// <summary>The message type by which a family is spoken to; null where this kernel has no such family, or cannot load it.</summary>
    public static ushort? Find(INetlinkChannel channel, string name, CancellationToken cancel)
    {
        var writer = new MessageWriter(stackalloc byte[128]);
        writer.Begin(Controller, MessageFlags.Ack);
        writer.Struct(new GenericHeader { Command = GetFamily, Version = ControllerVersion });
        writer.Text(FamilyName, name);
        writer.End();
        try
        {
            List<ushort> found = channel.Query<ushort>(writer.Written, Decode, $"look for the netlink family '{name}'", name, cancel);
            return found.Count > 0 ? found[0] : null;
        }
        catch (NetlinkException refused) when (refused.Error == Errno.ENOENT)
        {
            return null;
        }
    }

    private static bool Decode(in Message message, out ushort id)
    {
        id = 0;
        AttributeReader attributes = message.Attributes<GenericHeader>();
        while (attributes.Next())
        {
            if (attributes.Type == FamilyId)
                id = attributes.U16();
        }

        return id != 0 && !attributes.Failed;
    }
}
