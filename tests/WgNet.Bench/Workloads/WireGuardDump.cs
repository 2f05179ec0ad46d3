using System.Security.Cryptography;
using WgNet.Netlink;
using WgNet.WireGuard.Kernel;

namespace WgNet.Bench;

/// <summary>
/// Datagrams of a WG_CMD_GET_DEVICE dump in the layout of those recorded from Linux 6.12: up to 32 KiB, the device in the first, a peer
/// whose allowed IPs do not fit goes on in the next with its key alone.
/// </summary>
internal sealed class WireGuardDump
{
    private const int Largest = 32 * 1024;

    // WGPEER_A_PROTOCOL_VERSION, which the product passes over.
    private const ushort ProtocolVersion = 10;

    public List<byte[]> Datagrams { get; } = [];

    public static WireGuardDump Make(int peers, int ips)
    {
        var dump = new WireGuardDump();
        int peer = 0, ip = 0;
        byte[] buffer = new byte[Largest];
        byte[] key = RandomNumberGenerator.GetBytes(32);
        while (peer < peers)
        {
            var writer = new MessageWriter(buffer);
            writer.Begin(30, MessageFlags.Multi);
            writer.Struct(new GenericHeader { Command = WireGuardProtocol.GetDevice, Version = WireGuardProtocol.Version });
            if (dump.Datagrams.Count == 0)
            {
                writer.Text(DeviceAttribute.IfName, "wg0");
                writer.U32(DeviceAttribute.IfIndex, 7);
            }

            int list = writer.Nest(DeviceAttribute.Peers);
            while (peer < peers && Largest - writer.Length > 512)
            {
                int one = writer.Nest(0);
                writer.Bytes(PeerAttribute.PublicKey, key);
                if (ip == 0)
                    Head(ref writer);
                int allowed = writer.Nest(PeerAttribute.AllowedIPs);
                for (; ip < ips && Largest - writer.Length > 64; ip++)
                    Allowed(ref writer, (uint)((peer * ips) + ip));
                writer.EndNest(allowed);
                writer.EndNest(one);
                if (ip < ips)
                    break;
                ip = 0;
                peer++;
                key = RandomNumberGenerator.GetBytes(32);
            }

            writer.EndNest(list);
            writer.End();
            dump.Datagrams.Add(writer.Written.ToArray());
        }

        return dump;
    }

    /// <summary>What a kernel sent once.</summary>
    public static WireGuardDump Recorded(string name)
    {
        var dump = new WireGuardDump();
        dump.Datagrams.AddRange(Recording.Of(name));
        return dump;
    }

    /// <summary>Reads all of it into structures; how many times a peer stands there.</summary>
    public long ReadStructs() => Recording.Walk([.. Datagrams], StructReading.Peers);

    /// <summary>Decodes all of it into objects; how many peers there are.</summary>
    public long Decode()
    {
        var parts = new List<DevicePart>();
        foreach (byte[] datagram in Datagrams)
        {
            var reader = new MessageReader(datagram);
            while (reader.Next(out Message message))
            {
                if (message.Type > NetlinkConstants.NLMSG_OVERRUN && DeviceDecoder.Decode(in message, out DevicePart part))
                    parts.Add(part);
            }
        }

        return DeviceDecoder.Merge(parts).Peers.Length;
    }

    private static void Head(ref MessageWriter writer)
    {
        writer.Bytes(PeerAttribute.PresharedKey, new byte[32]);
        writer.Bytes(PeerAttribute.LastHandshake, new byte[16]);
        writer.U16(PeerAttribute.PersistentKeepalive, 0);
        writer.U64(PeerAttribute.SentBytes, 1);
        writer.U64(PeerAttribute.ReceivedBytes, 2);
        writer.U32(ProtocolVersion, 1);

        // struct sockaddr_in: family, port, address.
        writer.Bytes(PeerAttribute.Endpoint, [2, 0, 0x16, 0xa8, 10, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    private static void Allowed(ref MessageWriter writer, uint number)
    {
        int nest = writer.Nest(0);
        writer.U16(AllowedIPAttribute.Family, RouteConstants.AF_INET);
        writer.Bytes(AllowedIPAttribute.Address, [10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
        writer.U8(AllowedIPAttribute.PrefixLength, 32);
        writer.EndNest(nest);
    }
}
