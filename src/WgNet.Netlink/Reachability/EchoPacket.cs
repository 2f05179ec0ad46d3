using System.Buffers.Binary;
using System.Net.Sockets;

namespace WgNet.Netlink;

/// <summary>ICMP echo messages of both families (RFC 792, RFC 4443).</summary>
public static class EchoPacket
{
    /// <summary>Type, code, checksum, identifier and sequence number.</summary>
    public const int HeaderSize = 8;

    private const byte Request4 = 8, Reply4 = 0, Request6 = 128, Reply6 = 129;

    /// <summary>Writes a request that fills the packet; what is behind the header is zero.</summary>
    public static void WriteRequest(Span<byte> packet, AddressFamily family, ushort identifier, ushort sequence)
    {
        packet.Clear();
        packet[0] = family == AddressFamily.InterNetwork ? Request4 : Request6;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], sequence);

        // The kernel fills in ICMPv6's checksum, which covers addresses that only it knows.
        if (family == AddressFamily.InterNetwork)
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], Checksum(packet));
    }

    /// <summary>Reads what a raw socket received; false where it is no echo reply to this identifier.</summary>
    public static bool TryReadReply(ReadOnlySpan<byte> packet, AddressFamily family, ushort identifier, out ushort sequence)
    {
        sequence = 0;

        // IPv4's raw sockets deliver the IP header too, IPv6's do not.
        if (family == AddressFamily.InterNetwork)
        {
            int header = packet.Length > 0 ? (packet[0] & 15) * 4 : 0;
            packet = packet.Length >= header ? packet[header..] : [];
        }

        if (packet.Length < HeaderSize || packet[0] != (family == AddressFamily.InterNetwork ? Reply4 : Reply6)
            || BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) != identifier)
        {
            return false;
        }

        sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        return true;
    }

    private static ushort Checksum(ReadOnlySpan<byte> data)
    {
        uint sum = 0;
        for (int i = 0; i + 1 < data.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(data[i..]);
        if ((data.Length & 1) != 0)
            sum += (uint)data[^1] << 8;
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}
