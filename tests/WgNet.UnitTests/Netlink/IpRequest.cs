using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>
/// What ip(8) sent for a command, from a recorded strace, beside what we send: the same but for what does not matter to the kernel.
/// </summary>
internal static partial class IpRequest
{
    /// <summary>The last request of the recording (the ones before it look the link up) must be what was written.</summary>
    public static void AssertSame(string recording, ReadOnlySpan<byte> written) =>
        Assert.Equal(Convert.ToHexString(Recorded(recording)), Convert.ToHexString(Comparable(written)));

    private static byte[] Recorded(string name)
    {
        Match match = Fixture.Text($"netlink/nlreq-{name}.strace.txt").Split('\n')
            .Select(line => SentMessage().Match(line))
            .Last(match => match.Success);
        byte[] payload = [.. ByteEscape().Matches(match.Groups["payload"].Value).Select(hex => byte.Parse(hex.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
        MessageFlags flags = MessageFlags.None;
        foreach (string flag in match.Groups["flags"].Value.Split('|'))
        {
            flags |= flag switch
            {
                "NLM_F_REQUEST" => MessageFlags.Request,
                "NLM_F_ACK" => MessageFlags.Ack,
                _ => (MessageFlags)ushort.Parse(flag.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            };
        }

        var header = new MessageHeader
        {
            Length = uint.Parse(match.Groups["length"].ValueSpan, CultureInfo.InvariantCulture),
            Type = ushort.Parse(match.Groups["type"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            Flags = flags,
        };
        byte[] message = new byte[MessageHeader.Size + payload.Length];
        MemoryMarshal.Write(message, in header);
        payload.CopyTo(message, MessageHeader.Size);
        return Comparable(message);
    }

    private static byte[] Comparable(ReadOnlySpan<byte> written)
    {
        byte[] message = written.ToArray();
        MessageHeader header = MemoryMarshal.Read<MessageHeader>(message);
        header.Flags &= ~MessageFlags.Echo;
        MemoryMarshal.Write(message, in header);
        for (int i = MessageHeader.Size; i + 8 <= message.Length; i += 4)
        {
            ushort type = MemoryMarshal.Read<ushort>(message.AsSpan(i + 2));

            // ip(8) leaves the mark of a nest out; the number of a descriptor is each process's own. Neither pattern occurs otherwise.
            if ((type & NetlinkConstants.NLA_F_NESTED) != 0 && message[i + 3] == 0x80)
                message[i + 3] = 0;
            if (type == LinkAttribute.IFLA_NET_NS_FD && MemoryMarshal.Read<ushort>(message.AsSpan(i)) == 8)
                MemoryMarshal.Write(message.AsSpan(i + 4), 4);
        }

        return message;
    }

    [GeneratedRegex(@"sendmsg\(.*nlmsg_len=(?<length>\d+), nlmsg_type=0x(?<type>\w+) .*?nlmsg_flags=(?<flags>[^,]+),.*?\}, ""(?<payload>[^""]+)""\]")]
    private static partial Regex SentMessage();

    [GeneratedRegex(@"\\x(\w\w)")]
    private static partial Regex ByteEscape();
}
